import {
  greaterEqual,
  layer,
  lessEqual,
  maximum,
  minimum,
  mul,
  sameShape,
  where,
  type Tensor,
} from '@pullback/core'
import type { Formulas, None } from './formulas.ts'

export type ClipFormulas = Formulas<None, { readonly x: Tensor }>

/** min(max(x, low), high), whose gradient is that of x inside and 0 outside. */
export const clipFormulas = (low: number, high: number): ClipFormulas => ({
  forward: (_, x) => ({ output: minimum(maximum(x, low), high), cache: { x } }),
  backward: (_, { x }, dOutput) => ({
    dParams: {},
    dInput: where(mul(greaterEqual(x, low), lessEqual(x, high)), dOutput, 0),
  }),
})

export const clipWith = (low: number, high: number, formulas: Partial<ClipFormulas> = {}) =>
  layer({
    kind: 'clip',
    hyperparameters: { low, high },
    shape: sameShape(`clip(${low}, ${high})`),
    params: {},
    ...clipFormulas(low, high),
    ...formulas,
  })
