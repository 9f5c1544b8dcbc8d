/** One derivative, by backward and by central differences. */
export interface Derivative {
  /** Where in its tensor: `[17, 2]`. */
  readonly index: readonly number[]
  readonly analytic: number
  readonly numeric: number
  readonly relativeError: number
}

/** The derivatives by the elements of one parameter tensor. */
export interface TensorCheck {
  readonly path: string
  readonly shape: readonly number[]
  readonly size: number
  readonly checked: number
  readonly agreeing: number
  readonly worst: Derivative
}

/** The gradient of an objective beside central differences. */
export interface GradientCheck {
  readonly tensors: readonly TensorCheck[]
  /** How many examples the objective was computed on. */
  readonly examples: number
}

/** Derivatives agree if they differ by less than this share of their size. */
export const tolerance = 1e-7

const sumOf = ({ tensors }: GradientCheck, count: (tensor: TensorCheck) => number): number =>
  tensors.reduce((sum, tensor) => sum + count(tensor), 0)

/** All tensors together. */
export const totals = (check: GradientCheck) => ({
  size: sumOf(check, ({ size }) => size),
  checked: sumOf(check, ({ checked }) => checked),
  agreeing: sumOf(check, ({ agreeing }) => agreeing),
})

/** The tensor with the derivatives that agree least. */
export const worstTensor = ({ tensors }: GradientCheck): TensorCheck | undefined =>
  tensors.toSorted((a, b) => b.worst.relativeError - a.worst.relativeError)[0]
