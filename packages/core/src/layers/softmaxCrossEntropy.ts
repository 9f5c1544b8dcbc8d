import { layer } from '../layer/define.ts'
import { checkPositive } from '../layer/hyperparameter.ts'
import { int32 } from '../shape/pattern.ts'
import { signature } from '../shape/signature.ts'
import { div, equal, exp, log, mul, sub, where } from '../tensor/elementwise.ts'
import { oneHot } from '../tensor/indexing.ts'
import { max, sum } from '../tensor/reduce.ts'

/**
 * The mean over a batch of the cross entropy between softmax(logits) and the labels; 0 for an empty batch.
 *
 * Inputs: logits Z `[N, classes]`, labels y int32 `[N]`, each from 0 to `classes` (excluded); output a scalar.
 *
 *     s  = Z - rowmax(Z)                                [N, classes]   nothing overflows
 *     L  = 1/N sum_i (log rowsum(exp(s))_i - s[i, y_i]) log-sum-exp: exact where p is tiny
 *     p  = exp(s) / rowsum(exp(s))
 *     dZ = (p - onehot(y)) / N dL                       [N, classes]   the mean over the batch enters here, once
 *
 * A label out of range throws RangeError when the loss is evaluated.
 *
 * @param classes the number of classes, a positive integer
 * @throws RangeError if it is not one
 * @example
 * const loss = softmaxCrossEntropy(2)
 * const input = { logits: tensor([[0, 0]], 'float64'), labels: tensor([1], 'int32') }
 * toNumber(loss.forward({}, input).output) // => 0.6931471805599453
 */
export const softmaxCrossEntropy = <const C extends number>(classes: C) => {
  checkPositive('softmaxCrossEntropy', { classes })
  return layer({
    kind: 'softmaxCrossEntropy',
    hyperparameters: { classes },
    shape: signature(`softmaxCrossEntropy(${classes})`, { logits: ['N', classes], labels: int32('N') }, []),
    params: {},
    forward: (_, { logits, labels }) => {
      const count = Math.max(logits.shape[0] ?? 0, 1)
      const shifted = sub(logits, max(logits, { axes: 1, keepDims: true }))
      const powers = exp(shifted)
      const total = sum(powers, { axes: 1, keepDims: true })
      const target = oneHot(labels, classes, logits.dtype)
      const losses = sub(log(total), sum(where(equal(target, 1), shifted, 0), { axes: 1, keepDims: true }))
      return { output: div(sum(losses), count), cache: { p: div(powers, total), target } }
    },
    backward: (_, { p, target }, dOutput) => {
      const count = Math.max(p.shape[0] ?? 0, 1)
      return { dParams: {}, dInput: { logits: mul(div(sub(p, target), count), dOutput) } }
    },
  })
}
