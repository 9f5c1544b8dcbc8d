import * as core from '@pullback/core'
import { full, type AnyTensor, type Shape, type Tensor } from '@pullback/core'

export type Indices = Tensor<Shape, 'int32'>

/** An instruction: the tensor that it makes of some that are there; it may throw where they do not fit. */
export type Build = (a: Tensor, b: Tensor, indices: Indices, n: number) => AnyTensor

const axisOf = (x: AnyTensor, n: number): number => n % x.shape.length
const rowsOf = (x: Tensor): Tensor => core.reshape(x, [x.shape[0] ?? 1, -1])
const swapped = (x: Tensor): Tensor => core.transpose(x, [0, 2, 1])
const mean = (x: Tensor, n: number): Tensor => core.mean(x, { axes: axisOf(x, n), keepDims: true })
const bounded = (x: Tensor): Tensor => core.minimum(x, 3)

const softmax = (x: Tensor): Tensor => {
  const power = core.exp(core.sub(x, core.max(x, { axes: -1, keepDims: true })))
  return core.div(power, core.sum(power, { axes: -1, keepDims: true }))
}

const normalised = (x: Tensor): Tensor => {
  const centred = core.sub(x, mean(x, x.shape.length - 1))
  const variance = mean(core.square(centred), x.shape.length - 1)
  return core.div(centred, core.sqrt(core.add(variance, 1e-3)))
}

const elementwise: readonly Build[] = [
  (a, b) => core.add(a, b),
  (a, b) => core.mul(a, b),
  (a, b) => core.sub(a, core.mul(b, 0.5)),
  (a, b) => core.sub(core.mul(a, b), core.mul(b, b)),
  (a, b) => core.div(a, core.add(core.abs(b), 0.5)),
  (a) => core.neg(core.abs(a)),
  (a) => core.maximum(a, 0),
  (a, b) => core.minimum(a, b),
  (a) => core.exp(bounded(a)),
  (a) => core.expm1(bounded(a)),
  (a) => core.log(core.add(core.square(a), 0.1)),
  (a) => core.log1p(core.abs(a)),
  (a) => core.sqrt(core.add(core.abs(a), 0.25)),
  (a) => core.tanh(a),
  (a) => core.sigmoid(a),
  (a) => core.erf(a),
  (a, b) => core.sin(core.add(core.cos(a), b)),
  (a) => core.pow(core.add(core.abs(a), 0.5), 1.5),
  (a, b) => core.where(core.greater(a, 0), b, 0),
  (a, b) => core.where(core.equal(a, b), core.neg(a), core.floor(b)),
  (a, b) => core.mul(core.cast(core.greaterEqual(a, b), a.dtype), b),
  (a) => core.sign(a),
  (a) => core.cast(core.cast(a, 'int32'), a.dtype),
  (a) => core.cast(core.cast(a, a.dtype === 'float32' ? 'float64' : 'float32'), a.dtype),
  (a, _, __, n) => core.add(a, core.randomUniform(core.fold(core.seed(n), 'noise'), a.shape, a.dtype)),
  (a) => core.add(core.iota(a.shape, 0, a.dtype), a),
]

const reductions: readonly Build[] = [
  (a, _, __, n) => core.sum(a, { axes: axisOf(a, n), keepDims: n % 2 === 0 }),
  (a) => core.sum(a),
  (a, b) => core.sum(core.mul(a, b), { axes: -1 }),
  (a) => core.sum(a, { axes: [0, 2] }),
  (a) => core.sum(core.square(a), { axes: 0 }),
  (a, b) => core.max(core.add(a, b), { axes: -1, keepDims: true }),
  (a, _, __, n) => core.min(a, { axes: axisOf(a, n) }),
  (a, _, __, n) => core.sub(a, mean(a, n)),
  softmax,
  normalised,
  (a, b) => core.cast(core.argmax(core.mul(a, b), 0), a.dtype),
]

const movement: readonly Build[] = [
  (a) => core.transpose(a),
  (a, _, __, n) => core.transpose(a, a.shape.length === 3 ? [n % 3, (n + 1) % 3, (n + 2) % 3] : [1, 0]),
  (a) => core.reshape(core.transpose(a), [-1]),
  (a) => rowsOf(a),
  (a, _, __, n) => core.slice(a, [n % 2, 5], [0, 4, 1 + (n % 2)]),
  (a) => core.broadcastTo(a, [2, ...a.shape]),
  (a, b) => core.broadcastTo(core.sub(a, 1), b.shape),
  (a, b, _, n) => core.concatenate([a, core.neg(b), a], axisOf(a, n)),
]

const products: readonly Build[] = [
  (a, b) => core.matmul(a, b),
  (a, b) => core.matmul(a, b, { transposeA: true }),
  (a, b) => core.add(core.matmul(a, b, { transposeB: true }), full([1], 2, a.dtype)),
  (a, b) => core.maximum(core.matmul(core.transpose(rowsOf(a)), rowsOf(b)), 0),
  (a, b) => core.tanh(core.add(core.matmul(a, b), core.sum(b, { axes: 0 }))),
  (a, b) => core.sub(a, core.mul(core.matmul(b, a), 0.1)),
  (a, b) => core.matmul(core.slice(rowsOf(a), [0, 3, 2]), core.transpose(rowsOf(b))),
  (a) => core.matmul(a, swapped(a)),
  (a, b) => core.add(core.matmul(a, swapped(b)), core.matmul(b, swapped(a))),
  (a, b) => core.sub(core.matmul(core.exp(core.minimum(a, 1)), b), core.matmul(a, b)),
]

const indexing: readonly Build[] = [
  (a, _, indices, n) => core.gather(a, indices, axisOf(a, n)),
  (a, _, indices) =>
    core.scatterAdd(core.gather(a, core.reshape(indices, [-1])), core.reshape(indices, [-1]), 3),
  (a, _, indices) => core.oneHot(indices, 3, a.dtype),
  (a, _, indices) => core.matmul(core.oneHot(core.reshape(indices, [-1]), a.shape[0] ?? 1, a.dtype), a),
]

/** What nets and their gradients are made of, and what makes it hard to find the elements. */
export const builds: readonly Build[] = [...elementwise, ...reductions, ...movement, ...products, ...indexing]
