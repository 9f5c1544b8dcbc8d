import * as core from '@pullback/core'
import { full, type Tensor } from '@pullback/core'
import { programsOf, type Build } from '../../evaluate/expression.arbitrary.ts'
import { floatArbitrary } from '../../tensor/tensor.arbitrary.ts'

const like = ({ shape, dtype }: Tensor, value: number) => full(shape, value, dtype)
const powers = [1, 2, 0.25, -8, 2 ** 20] as const

/** What people write, and what derivatives are made of, that can be said with less. */
const instructions: readonly Build[] = [
  (a) => core.mul(a, 1),
  (a) => core.mul(1, a),
  (a) => core.mul(a, -1),
  (a) => core.div(a, 1),
  (a, _, __, n) => core.div(a, powers[n % powers.length] ?? 1),
  (a) => core.sub(a, 0),
  (a) => core.add(a, like(a, -0)),
  (a) => core.add(a, like(a, 0)),
  (a) => core.neg(core.neg(a)),
  (a, b) => core.add(a, core.neg(b)),
  (a, b) => core.add(core.neg(a), b),
  (a, b) => core.sub(a, core.neg(b)),
  (a) => core.maximum(a, a),
  (a, b) => core.where(core.greater(a, 0), b, b),
  (a, b, _, n) => core.where(full(a.shape, n % 3, 'int32'), a, b),
  (a, b, c) => core.where(core.notEqual(core.greater(a, b), 0), b, c),
  (a, _, __, n) =>
    core.cast(core.cast(a, 'float64'), (['float32', 'float64', 'int32'] as const)[n % 3] ?? 'int32'),
  (a) => core.add(core.maximum(a, 0), core.cast(core.greater(a, 0), a.dtype)),
  (a) => core.transpose(core.transpose(a), a.shape.map((_, axis) => axis).toReversed()),
  (a) => core.transpose(core.transpose(a, [1, 0])),
  (a) => core.transpose(core.reshape(a, [1, ...a.shape])),
  (a, b) => core.matmul(core.transpose(a), b),
  (a, b) => core.matmul(a, core.transpose(b), { transposeB: true }),
  (a) => core.max(core.reshape(a, [...a.shape, 1]), { axes: a.shape.length }),
  (a) => core.broadcastTo(core.broadcastTo(a, [2, ...a.shape]), [3, 2, ...a.shape]),
  (a) => core.broadcastTo(core.reshape(a, [1, 1, ...a.shape]), [2, 1, ...a.shape]),
  (a) => core.add(core.broadcastTo(a, [2, ...a.shape]), core.broadcastTo(a, [2, ...a.shape])),
  (a) => core.mul(core.broadcastTo(a, [2, ...a.shape]), 3),
  (a) => core.slice(core.slice(a, [0, 10, 2]), [1, 3]),
  (a) => core.reshape(full([2, 3], 3, a.dtype), [3, 2]),
  (a) => core.gather(a, core.fromValues(a.shape[0] === 0 ? [] : [0], [a.shape[0] === 0 ? 0 : 1], 'int32')),
]

/** Random programs in which every rewrite has something to do, on all kinds of floats. */
export const simplifiableArbitrary = programsOf(instructions, floatArbitrary)
