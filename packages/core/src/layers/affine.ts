import { checkPositive } from '../layer/hyperparameter.ts'
import { heNormal, initialZeros, type Initializer } from '../layer/initializer.ts'
import { layer } from '../layer/define.ts'
import { parameter } from '../layer/parameter.ts'
import { signature } from '../shape/signature.ts'
import { add } from '../tensor/elementwise.ts'
import { matmul } from '../tensor/matmul.ts'
import { sum } from '../tensor/reduce.ts'

/** How the parameters of an affine layer begin. */
export interface AffineOptions {
  /** `heNormal()` unless given. */
  readonly W?: Initializer
  /** Zeros unless given. */
  readonly b?: Initializer
}

/**
 * The affine map of every row, also called fully connected or dense.
 *
 * Input X `[N, inputs]`, parameters W `[inputs, outputs]` and b `[outputs]`, output `[N, outputs]`:
 *
 *     Z = X W + 1 b^T        1 is the N-vector of ones
 *     dW = X^T dZ            [inputs, outputs]
 *     db = colsum(dZ)        [outputs]
 *     dX = dZ W^T            [N, inputs]
 *
 * @param inputs the number of columns of X, a positive integer
 * @param outputs the number of columns of the output, a positive integer
 * @param initial how W and b begin
 * @throws RangeError if a size is not a positive integer
 * @example
 * const fc = affine(2, 1)
 * const params = { W: tensor([[1], [2]]), b: tensor([10]) }
 * toNested(fc.forward(params, tensor([[1, 1], [0, 3]])).output) // => [[13], [16]]
 */
export const affine = <const I extends number, const O extends number>(
  inputs: I,
  outputs: O,
  initial: AffineOptions = {},
) => {
  checkPositive('affine', { inputs, outputs })
  const { W = heNormal(), b = initialZeros() } = initial
  return layer({
    kind: 'affine',
    hyperparameters: { inputs, outputs, initial: { W, b } },
    shape: signature(`affine(${inputs}, ${outputs})`, ['N', inputs], ['N', outputs]),
    params: { W: parameter([inputs, outputs], W), b: parameter([outputs], b) },
    forward: (params, X) => ({ output: add(matmul(X, params.W), params.b), cache: { X } }),
    backward: (params, { X }, dZ) => ({
      dParams: { W: matmul(X, dZ, { transposeA: true }), b: sum(dZ, { axes: 0 }) },
      dInput: matmul(dZ, params.W, { transposeB: true }),
    }),
  })
}
