import { add, exp, layer, mul, sameShape, square, tanh, type Tensor } from '@pullback/core'
import type { Expected, Mutant } from './mutant.ts'
import { pointwise } from './right/pointwise.ts'
import { affineFormulas, affineWith } from './right/affine.ts'
import { tanhSlope } from './right/activations.ts'

const impure: Expected = { laws: ['purity', 'structure', 'gradient', 'linearity'] }

const tanhLike = (value: (x: Tensor) => Tensor, backward: (x: Tensor, d: Tensor) => Tensor) =>
  pointwise('tanh', value, backward)

/** Backward reads what forward was given last, not its cache. */
function remembering() {
  let last: Tensor | undefined
  return tanhLike(
    (x) => {
      last = x
      return tanh(x)
    },
    (x, d) => mul(d, tanhSlope(last === undefined || last.shape.join() !== x.shape.join() ? x : last)),
  )
}

/** Forward differs from call to call. */
function counting() {
  let calls = 0
  return tanhLike(
    (x) => {
      calls += 1
      return add(tanh(x), mul(x, calls % 2 === 0 ? 1e-9 : 0))
    },
    (x, d) => mul(d, tanhSlope(x)),
  )
}

/** Backward is right the first time only. */
function tiring() {
  let calls = 0
  return tanhLike(tanh, (x, d) => {
    calls += 1
    return mul(mul(d, tanhSlope(x)), calls > 1 ? 1 + 1e-3 : 1)
  })
}

const noisy = () => tanhLike(tanh, (x, d) => mul(mul(d, tanhSlope(x)), 1 + 1e-6 * Math.random()))

const noisyForward = () =>
  tanhLike(
    (x) => add(tanh(x), 1e-6 * Math.random()),
    (x, d) => mul(d, tanhSlope(x)),
  )

/** Gradients accumulate from call to call, as in frameworks that forget to zero them. */
function accumulating() {
  let sum: Tensor | undefined
  return affineWith(2, 3, {
    backward: (params, cache, dZ) => {
      const { dParams, dInput } = affineFormulas.backward(params, cache, dZ)
      sum = sum === undefined ? dParams.b : add(sum, dParams.b)
      return { dParams: { W: dParams.W, b: sum }, dInput }
    },
  })
}

/** Backward keeps the parameters that it was first given. */
function stale() {
  let first: Tensor | undefined
  return affineWith(2, 3, {
    backward: (params, cache, dZ) => {
      first ??= params.W
      return affineFormulas.backward({ W: first, b: params.b }, cache, dZ)
    },
  })
}

/** The batch size of the last forward scales the gradient. */
function ofAnotherBatch() {
  let size = 1
  return layer({
    kind: 'scaledSquare',
    shape: sameShape('scaledSquare'),
    params: {},
    forward: (_, x) => {
      size = Math.max(x.shape[0] ?? 1, 1)
      return { output: mul(square(x), 1 / size), cache: { x } }
    },
    backward: (_, { x }, d) => ({ dParams: {}, dInput: mul(mul(d, x), 2 / size) }),
  })
}

/** The output is kept and handed out again for any input of its shape. */
function memoising() {
  const kept = new Map<string, Tensor>()
  return tanhLike(
    (x) => {
      const shape = x.shape.join()
      const found = kept.get(shape) ?? exp(mul(x, 0.5))
      kept.set(shape, found)
      return found
    },
    (x, d) => mul(d, mul(exp(mul(x, 0.5)), 0.5)),
  )
}

export const impureMutants: readonly Mutant[] = [
  { name: 'impure: backward reads the last input of forward', layer: remembering(), expected: impure },
  { name: 'impure: forward counts its calls', layer: counting(), expected: impure },
  { name: 'impure: backward right the first time only', layer: tiring(), expected: impure },
  { name: 'impure: Math.random in backward', layer: noisy(), expected: impure },
  { name: 'impure: Math.random in forward', layer: noisyForward(), expected: impure },
  { name: 'impure: gradients accumulate', layer: accumulating(), expected: impure },
  { name: 'impure: parameters kept from the first call', layer: stale(), expected: impure },
  { name: 'impure: the batch size of the last forward', layer: ofAnotherBatch(), expected: impure },
  { name: 'impure: outputs memoised by shape', layer: memoising(), expected: impure },
]
