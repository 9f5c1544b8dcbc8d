import { add, div, layer, mul, neg, signature, square, type Tensor } from '@pullback/core'
import type { Formulas, None } from './formulas.ts'

interface Pair {
  readonly a: Tensor
  readonly b: Tensor
}

export type PairFormulas = Formulas<None, { readonly a: Tensor; readonly b: Tensor }, Pair>

const pairLayer = (kind: string, formulas: PairFormulas) =>
  layer({ kind, shape: signature(kind, { a: ['...'], b: ['...'] }, ['...']), params: {}, ...formulas })

/** a b, element by element. */
export const product = (formulas: Partial<PairFormulas> = {}) =>
  pairLayer('product', {
    forward: (_, { a, b }) => ({ output: mul(a, b), cache: { a, b } }),
    backward: (_, { a, b }, dOutput) => ({
      dParams: {},
      dInput: { a: mul(dOutput, b), b: mul(dOutput, a) },
    }),
    ...formulas,
  })

export const denominator = (b: Tensor): Tensor => add(square(b), 1)

/** a / (1 + b^2), element by element. */
export const ratio = (formulas: Partial<PairFormulas> = {}) =>
  pairLayer('ratio', {
    forward: (_, { a, b }) => ({ output: div(a, denominator(b)), cache: { a, b } }),
    backward: (_, { a, b }, dOutput) => {
      const share: Tensor = div(dOutput, denominator(b))
      return {
        dParams: {},
        dInput: { a: share, b: mul(neg(div(a, denominator(b))), mul(share, mul(b, 2))) },
      }
    },
    ...formulas,
  })
