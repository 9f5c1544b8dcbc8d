import {
  div,
  equal,
  exp,
  int32,
  layer,
  log,
  max,
  mul,
  oneHot,
  signature,
  sub,
  sum,
  where,
  type Tensor,
} from '@pullback/core'
import type { Formulas, Labels, None } from './formulas.ts'

export type CrossEntropyFormulas = Formulas<
  None,
  { readonly p: Tensor; readonly target: Tensor },
  { readonly logits: Tensor; readonly labels: Labels },
  { readonly logits: Tensor }
>

export const batchSize = (x: Tensor): number => Math.max(x.shape[0] ?? 0, 1)

export const crossEntropyFormulas = (classes: number): CrossEntropyFormulas => ({
  forward: (_, { logits, labels }) => {
    const shifted = sub(logits, max(logits, { axes: 1, keepDims: true }))
    const powers = exp(shifted)
    const total = sum(powers, { axes: 1, keepDims: true })
    const target = oneHot(labels, classes, logits.dtype)
    const losses = sub(log(total), sum(where(equal(target, 1), shifted, 0), { axes: 1, keepDims: true }))
    return { output: div(sum(losses), batchSize(logits)), cache: { p: div(powers, total), target } }
  },
  backward: (_, { p, target }, dOutput) => ({
    dParams: {},
    dInput: { logits: mul(div(sub(p, target), batchSize(p)), dOutput) },
  }),
})

/** The mean cross entropy of core, with the formulas to be replaced. */
export const crossEntropyWith = (
  classes: number,
  formulas: (right: CrossEntropyFormulas) => Partial<CrossEntropyFormulas> = () => ({}),
) => {
  const right = crossEntropyFormulas(classes)
  return layer({
    kind: 'softmaxCrossEntropy',
    hyperparameters: { classes },
    shape: signature(`softmaxCrossEntropy(${classes})`, { logits: ['N', classes], labels: int32('N') }, []),
    params: {},
    ...right,
    ...formulas(right),
  })
}
