/**
 * The derivative of a function at 0 by central differences of fourth order.
 *
 *     f'(0) = (8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / (12 h)
 *
 * What it leaves out shrinks with h^4, what rounding adds grows with 1/h.
 */
export const centralDifference = (f: (offset: number) => number, h: number): number =>
  (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h)

/** The steps that are tried in turn: a kink of ReLU within reach of the first is out of reach of a later one. */
export const steps: readonly number[] = [1e-4, 1e-5, 1e-6]
