import type { Size } from './sizes.ts'

/** The parameters of a two-layer net, each in row-major order. */
export interface Parameters<A extends Float32Array | Float64Array = Float32Array> {
  /** [D, H] */
  readonly W1: A
  /** [H] */
  readonly b1: A
  /** [H, C] */
  readonly W2: A
  /** [C] */
  readonly b2: A
}

/**
 * What every contender is given: a batch, its labels and the parameters to start from. The task is
 *
 *     L  = mean_i(logsumexp(z2[i]) - z2[i, y_i]) + regularization (sum(W1^2) + sum(W2^2))
 *     z2 = max(0, X W1 + b1) W2 + b2
 *     p' = p - learningRate dL/dp            for each parameter p
 */
export interface Problem<A extends Float32Array | Float64Array = Float32Array> extends Parameters<A> {
  readonly size: Size
  /** [N, D] */
  readonly X: A
  /** [N], each from 0 to C - 1 */
  readonly y: Int32Array
}

export const regularization = 1e-3
export const learningRate = 0.1

/** The same problem in float64; nobody shares arrays with it. */
export function inFloat64({ size, X, y, W1, b1, W2, b2 }: Problem): Problem<Float64Array> {
  const [x, w1, c1, w2, c2] = [X, W1, b1, W2, b2].map((array) => Float64Array.from(array)) as Five
  return { size, X: x, y, W1: w1, b1: c1, W2: w2, b2: c2 }
}

type Five = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]
