import { add, cast, div, greater, maximum, minimum, mul, neg, sub, sum, type Tensor } from '@pullback/core'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'
import { hingeWith, violated, type HingeFormulas } from './right/hinge.ts'
import { batchSize } from './right/softmaxCrossEntropy.ts'
import { squaredErrorWith, type SquaredErrorFormulas } from './right/squaredError.ts'
import { sized } from './sizes.ts'

const hinge = (
  name: string,
  formulas: (right: HingeFormulas) => Partial<HingeFormulas>,
  expected: Expected,
): Mutant => ({
  name: `hinge: ${name}`,
  layer: sized((classes) => hingeWith(classes, formulas)),
  expected,
})

const rows = (
  name: string,
  gradient: (margins: Tensor, target: Tensor) => Tensor,
  expected: Expected = { laws: ['gradient', 'kinks'], tensor: 'input.logits' },
): Mutant =>
  hinge(
    name,
    () => ({
      backward: (_, { margins, target }, d) => ({
        dParams: {},
        dInput: { logits: mul(div(gradient(margins, target), batchSize(margins)), d) },
      }),
    }),
    expected,
  )

const count = (wrong: Tensor): Tensor => sum(wrong, { axes: 1, keepDims: true })

const squaredError = (
  name: string,
  dInput: (error: Tensor, d: Tensor) => { readonly prediction: Tensor; readonly target: Tensor },
  expected: Expected,
): Mutant => {
  const backward: SquaredErrorFormulas['backward'] = (_, { error }, d) => ({
    dParams: {},
    dInput: dInput(error, d),
  })
  return { name: `squaredError: ${name}`, layer: squaredErrorWith({ backward }), expected }
}

const mean = (error: Tensor, d: Tensor): Tensor => mul(div(error, batchSize(error)), d)

export const lossMutants: readonly Mutant[] = [
  rows('the right class has -1 only', (margins, target) => sub(violated(margins), target)),
  rows('the right class has no gradient', (margins) => violated(margins)),
  rows('margin 1 taken as 0 in backward', (margins, target) => {
    const wrong = mul(cast(greater(margins, 1), margins.dtype), sub(1, target))
    return sub(wrong, mul(target, count(wrong)))
  }),
  rows('margin 1 taken as 1.01 in backward', (margins, target) => {
    const wrong = mul(cast(greater(margins, -0.01), margins.dtype), sub(1, target))
    return sub(wrong, mul(target, count(wrong)))
  }),
  rows('the right class counts itself', (margins, target) => {
    const wrong = violated(margins)
    return sub(wrong, mul(target, add(count(wrong), 1)))
  }),
  rows('as if squared', (margins, target) => {
    const wrong = mul(maximum(margins, 0), 2)
    return sub(wrong, mul(target, count(wrong)))
  }),
  hinge(
    'summed over the batch',
    (right) => ({
      backward: (params, cache, d) => right.backward(params, cache, mul(d, batchSize(cache.margins))),
    }),
    wrongGradient('input.logits', /N|averag|batch/),
  ),
  squaredError(
    'without the factor of one half',
    (error, d) => {
      const gradient = mul(mean(error, d), 2)
      return { prediction: gradient, target: neg(gradient) }
    },
    { laws: ['gradient'], hint: /2/ },
  ),
  squaredError(
    'averaged over the columns too',
    (error, d) => {
      const gradient: Tensor = div(mean(error, d), error.shape[1] ?? 1)
      return { prediction: gradient, target: neg(gradient) }
    },
    { laws: ['gradient'] },
  ),
  squaredError(
    'no gradient by the target',
    (error, d) => ({ prediction: mean(error, d), target: mul(error, 0) }),
    wrongGradient('input.target'),
  ),
  squaredError(
    'the same sign for the target',
    (error, d) => ({ prediction: mean(error, d), target: mean(error, d) }),
    wrongGradient('input.target', /sign|-1/),
  ),
  squaredError(
    'large errors clipped at 3',
    (error, d) => {
      const gradient = mean(minimum(maximum(error, -3), 3), d)
      return { prediction: gradient, target: neg(gradient) }
    },
    { laws: ['gradient', 'kinks'] },
  ),
]
