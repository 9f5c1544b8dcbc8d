import { layer } from '../layer/define.ts'
import { signature } from '../shape/signature.ts'
import { mul, square } from '../tensor/elementwise.ts'
import { sum } from '../tensor/reduce.ts'

/**
 * The L2 penalty on a tensor of any shape.
 *
 *     L = reg sum(W^2)
 *     dW = 2 reg W dL
 *
 * @param reg the strength of the penalty, a finite number, not negative
 * @throws RangeError if it is not one
 * @example
 * toNumber(l2(0.5).forward({}, tensor([1, 2])).output) // => 2.5
 */
export const l2 = (reg: number) => {
  if (!(reg >= 0 && reg < Infinity))
    throw new RangeError(`l2: reg must be a finite number from 0 on, not ${reg}`)
  return layer({
    kind: 'l2',
    hyperparameters: { reg },
    shape: signature(`l2(${reg})`, ['...'], []),
    params: {},
    forward: (_, W) => ({ output: mul(sum(square(W)), reg), cache: { W } }),
    backward: (_, { W }, dOutput) => ({ dParams: {}, dInput: mul(mul(W, 2 * reg), dOutput) }),
  })
}
