import {
  add,
  div,
  equal,
  exp,
  full,
  less,
  log,
  max,
  mul,
  oneHot,
  square,
  sub,
  sum,
  where,
  type Tensor,
} from '@pullback/core'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'
import { batchSize, crossEntropyWith, type CrossEntropyFormulas } from './right/softmaxCrossEntropy.ts'
import { sized } from './sizes.ts'

const logits = 'input.logits'

const wrong = (
  name: string,
  formulas: (right: CrossEntropyFormulas, classes: number) => Partial<CrossEntropyFormulas>,
  expected: Expected = wrongGradient(logits),
): Mutant => ({
  name,
  layer: sized((classes) => crossEntropyWith(classes, (right) => formulas(right, classes))),
  expected,
})

/** The loss with another gradient by the logits. */
const gradient = (
  name: string,
  dLogits: (p: Tensor, target: Tensor, dOutput: Tensor) => Tensor,
  expected?: Expected,
): Mutant =>
  wrong(
    name,
    () => ({
      backward: (_, { p, target }, dOutput) => ({
        dParams: {},
        dInput: { logits: dLogits(p, target, dOutput) },
      }),
    }),
    expected,
  )

const dRight = (p: Tensor, target: Tensor, dOutput: Tensor): Tensor =>
  mul(div(sub(p, target), batchSize(p)), dOutput)

const forwardOf =
  (losses: (logits: Tensor, target: Tensor) => Tensor, classes: number): CrossEntropyFormulas['forward'] =>
  (_, { logits, labels }) => {
    const powers = exp(sub(logits, max(logits, { axes: 1, keepDims: true })))
    const target = oneHot(labels, classes, logits.dtype)
    return {
      output: div(sum(losses(logits, target)), batchSize(logits)),
      cache: { p: div(powers, sum(powers, { axes: 1, keepDims: true })), target },
    }
  }

const pick = (x: Tensor, target: Tensor): Tensor => sum(mul(x, target), { axes: 1 })

const extreme: Expected = { laws: ['finiteness', 'linearity', 'gradient'] }

export const crossEntropyMutants: readonly Mutant[] = [
  gradient(
    'averaged twice',
    (p, target, d) => div(dRight(p, target, d), batchSize(p)),
    wrongGradient(logits, /N|averag|batch/),
  ),
  gradient('not averaged', (p, target, d) => mul(sub(p, target), d), wrongGradient(logits, /N|averag|batch/)),
  gradient('upstream ignored', (p, target) => div(sub(p, target), batchSize(p)), {
    laws: ['linearity', 'gradient'],
    tensor: logits,
    hint: /upstream/,
  }),
  gradient('the labels forgotten', (p, _, d) => mul(div(p, batchSize(p)), d)),
  gradient('onehot - p', (p, target, d) => mul(dRight(p, target, d), -1), wrongGradient(logits, /sign|-1/)),
  gradient('the derivative of the softmax once more', (p, target, d) =>
    mul(dRight(p, target, d), mul(p, sub(1, p))),
  ),
  gradient('averaged over the classes too', (p, target, d) => div(dRight(p, target, d), p.shape[1] ?? 1)),
  gradient('averaged over N - 1', (p, target, d) => mul(div(sub(p, target), (p.shape[0] ?? 0) - 1), d), {
    laws: ['gradient', 'finiteness', 'linearity', 'emptiness'],
    tensor: logits,
  }),
  gradient('wrong for the last class', (p, target, d) => {
    const classes = p.shape[1] ?? 1
    const last = oneHot(full([p.shape[0] ?? 0], classes - 1, 'int32'), classes, p.dtype)
    return add(dRight(p, target, d), mul(mul(mul(last, target), 0.1), d))
  }),
  gradient('p clipped at 0.99', (p, target, d) =>
    dRight(where(less(p, 0.99), p, add(mul(p, 0), 0.99)), target, d),
  ),
  gradient('small probabilities cut to zero', (p, target, d) =>
    dRight(where(less(p, 1e-3), 0, p), target, d),
  ),
  gradient('smoothed labels in backward alone', (p, target, d) => {
    const classes = p.shape[1] ?? 1
    return dRight(p, add(mul(target, 0.99), 0.01 / classes), d)
  }),
  gradient('off by 1e-6', (p, target, d) => mul(dRight(p, target, d), 1 - 1e-6)),
  gradient('the squared upstream', (p, target, d) => dRight(p, target, square(d)), {
    laws: ['linearity', 'gradient'],
    tensor: logits,
  }),
  gradient('wrong for one example', (p, target, d) => mul(dRight(p, target, d), p.shape[0] === 1 ? 2 : 1)),
  wrong('summed in forward, averaged in backward', (right) => ({
    forward: (params, input, context) => {
      const { output, cache } = right.forward(params, input, context)
      return { output: mul(output, batchSize(input.logits)), cache }
    },
  })),
  wrong(
    'without the shift',
    (_, classes) => ({
      forward: forwardOf((z, target) => sub(log(sum(exp(z), { axes: 1 })), pick(z, target)), classes),
    }),
    extreme,
  ),
  wrong(
    'the logarithm of the softmax',
    (_, classes) => ({
      forward: forwardOf((z, target) => {
        const powers = exp(sub(z, max(z, { axes: 1, keepDims: true })))
        const p = div(powers, sum(powers, { axes: 1, keepDims: true }))
        return mul(log(sum(where(equal(target, 1), p, 0), { axes: 1 })), -1)
      }, classes),
    }),
    extreme,
  ),
  wrong('1e-7 added within the logarithm', (_, classes) => ({
    forward: forwardOf((z, target) => {
      const powers = exp(sub(z, max(z, { axes: 1, keepDims: true })))
      const p = div(powers, sum(powers, { axes: 1, keepDims: true }))
      return mul(log(add(pick(p, target), 1e-7)), -1)
    }, classes),
  })),
]
