import {
  cast,
  div,
  greater,
  int32,
  layer,
  maximum,
  mul,
  oneHot,
  signature,
  sub,
  sum,
  add,
  type Tensor,
} from '@pullback/core'
import type { Formulas, Labels, None } from './formulas.ts'
import { batchSize } from './softmaxCrossEntropy.ts'

export type HingeFormulas = Formulas<
  None,
  { readonly margins: Tensor; readonly target: Tensor },
  { readonly logits: Tensor; readonly labels: Labels },
  { readonly logits: Tensor }
>

/** s_j - s_y + 1 for every wrong class j, 0 for the right one. */
export const marginsOf = (logits: Tensor, target: Tensor): Tensor => {
  const right = sum(mul(logits, target), { axes: 1, keepDims: true })
  return mul(add(sub(logits, right), 1), sub(1, target))
}

/** Which margins are violated, as numbers. */
export const violated = (margins: Tensor): Tensor => cast(greater(margins, 0), margins.dtype)

export const hingeFormulas = (classes: number): HingeFormulas => ({
  forward: (_, { logits, labels }) => {
    const target = oneHot(labels, classes, logits.dtype)
    const margins = marginsOf(logits, target)
    return { output: div(sum(maximum(margins, 0)), batchSize(logits)), cache: { margins, target } }
  },
  backward: (_, { margins, target }, dOutput) => {
    const wrong = violated(margins)
    const count: Tensor = sum(wrong, { axes: 1, keepDims: true })
    const rows: Tensor = sub(wrong, mul(target, count))
    return { dParams: {}, dInput: { logits: mul(div(rows, batchSize(margins)), dOutput) } }
  },
})

/** The mean multiclass hinge loss. */
export const hingeWith = (
  classes: number,
  formulas: (right: HingeFormulas) => Partial<HingeFormulas> = () => ({}),
) => {
  const right = hingeFormulas(classes)
  return layer({
    kind: 'hinge',
    hyperparameters: { classes },
    shape: signature(`hinge(${classes})`, { logits: ['N', classes], labels: int32('N') }, []),
    params: {},
    ...right,
    ...formulas(right),
  })
}
