import {
  broadcastTo,
  cast,
  div,
  greaterEqual,
  layer,
  mul,
  randomUniform,
  sameShape,
  scalar,
  type Tensor,
} from '@pullback/core'
import type { Formulas, None } from './formulas.ts'

export type DropoutFormulas = Formulas<None, { readonly factor: Tensor }>

/** What every element is multiplied with: 0 for a share `rate` of them, 1 / (1 - rate) for the others. */
export const dropoutFormulas = (rate: number): DropoutFormulas => ({
  forward: (_, x, { key, mode }) => {
    const kept = cast(greaterEqual(randomUniform(key, x.shape, x.dtype), rate), x.dtype)
    const factor: Tensor = mode === 'train' ? div(kept, 1 - rate) : broadcastTo(scalar(1, x.dtype), x.shape)
    return { output: mul(x, factor), cache: { factor } }
  },
  backward: (_, { factor }, dOutput) => ({ dParams: {}, dInput: mul(dOutput, factor) }),
})

export const dropoutWith = (
  rate: number,
  formulas: (right: DropoutFormulas) => Partial<DropoutFormulas> = () => ({}),
) => {
  const right = dropoutFormulas(rate)
  return layer({
    kind: 'dropout',
    hyperparameters: { rate },
    shape: sameShape(`dropout(${rate})`),
    params: {},
    ...right,
    ...formulas(right),
  })
}
