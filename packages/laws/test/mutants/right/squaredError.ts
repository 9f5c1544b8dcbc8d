import { div, layer, mul, neg, signature, square, sub, sum, type Tensor } from '@pullback/core'
import type { Formulas, None } from './formulas.ts'
import { batchSize } from './softmaxCrossEntropy.ts'

export type SquaredErrorFormulas = Formulas<
  None,
  { readonly error: Tensor },
  { readonly prediction: Tensor; readonly target: Tensor }
>

export const squaredErrorFormulas: SquaredErrorFormulas = {
  forward: (_, { prediction, target }) => {
    const error: Tensor = sub(prediction, target)
    return { output: div(sum(square(error)), 2 * batchSize(error)), cache: { error } }
  },
  backward: (_, { error }, dOutput) => {
    const gradient: Tensor = mul(div(error, batchSize(error)), dOutput)
    return { dParams: {}, dInput: { prediction: gradient, target: neg(gradient) } }
  },
}

/** Half the squared distance of prediction and target, averaged over the batch. */
export const squaredErrorWith = (formulas: Partial<SquaredErrorFormulas> = {}) =>
  layer({
    kind: 'squaredError',
    shape: signature('squaredError', { prediction: ['N', 'D'], target: ['N', 'D'] }, []),
    params: {},
    ...squaredErrorFormulas,
    ...formulas,
  })
