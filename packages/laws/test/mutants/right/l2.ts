import { layer, mul, signature, square, sum, type Tensor } from '@pullback/core'
import type { Formulas, None } from './formulas.ts'

export type L2Formulas = Formulas<None, { readonly W: Tensor }>

export const l2Formulas = (reg: number): L2Formulas => ({
  forward: (_, W) => ({ output: mul(sum(square(W)), reg), cache: { W } }),
  backward: (_, { W }, dOutput) => ({ dParams: {}, dInput: mul(mul(W, 2 * reg), dOutput) }),
})

/** The penalty of core, with the formulas to be replaced. */
export const l2With = (reg: number, formulas: Partial<L2Formulas> = {}) =>
  layer({
    kind: 'l2',
    hyperparameters: { reg },
    shape: signature(`l2(${reg})`, ['...'], []),
    params: {},
    ...l2Formulas(reg),
    ...formulas,
  })
