import { equalShapes } from '../../tensor/shape.ts'
import type { AnyTensor } from '../../tensor/tensor.ts'
import { rewrite, type Rewrite } from './rewrite.ts'

/** The sizes without those of 1 in front. */
const withoutLead = (sizes: readonly number[]): readonly number[] => {
  const first = sizes.findIndex((size) => size !== 1)
  return first < 0 ? [] : sizes.slice(first)
}

const isOne = ({ shape }: AnyTensor): boolean => shape.every((size) => size === 1)

/** Elements that are moved, repeated and left out are the same elements. */
export const movement: readonly Rewrite[] = [
  rewrite(['reshape', 'broadcast', 'slice'], 'the shape stays what it is', ({ operands: [x] }, { shape }) =>
    equalShapes(x.shape, shape) ? x : undefined,
  ),
  rewrite(['reshape'], 'a reshape of a reshape', ({ operands: [x] }, { shape, dtype }, build) =>
    x.expression.op === 'reshape'
      ? build({ op: 'reshape', operands: x.expression.operands }, shape, dtype)
      : undefined,
  ),
  rewrite(['reshape'], 'a constant in another shape', ({ operands: [x] }, { shape, dtype }, build) =>
    x.expression.op === 'constant' ? build(x.expression, shape, dtype) : undefined,
  ),
  rewrite(
    ['reshape', 'transpose', 'slice'],
    'parts of one element repeated are that element repeated',
    ({ operands: [x] }, { shape, dtype }, build) =>
      x.expression.op === 'broadcast' && isOne(x.expression.operands[0]) && shape.length > 0
        ? build(
            {
              op: 'broadcast',
              operands: [build({ op: 'reshape', operands: x.expression.operands }, [], dtype)],
            },
            shape,
            dtype,
          )
        : undefined,
  ),
  rewrite(['transpose'], 'the axes stay in order', ({ operands: [x], permutation }) =>
    permutation.every((axis, position) => axis === position) ? x : undefined,
  ),
  rewrite(
    ['transpose'],
    'a transpose of a transpose',
    ({ operands: [x], permutation }, { shape, dtype }, build) => {
      const { expression } = x
      if (expression.op !== 'transpose') return undefined
      const composed = permutation.map((axis) => expression.permutation[axis] ?? axis)
      return build(
        { op: 'transpose', operands: expression.operands, permutation: Object.freeze(composed) },
        shape,
        dtype,
      )
    },
  ),
  rewrite(
    ['transpose'],
    'only axes of size 1 are moved',
    ({ operands: [x], permutation }, { shape, dtype }, build) => {
      const long = permutation.filter((axis) => x.shape[axis] !== 1)
      return long.every((axis, position) => position === 0 || axis > (long[position - 1] ?? axis))
        ? build({ op: 'reshape', operands: [x] }, shape, dtype)
        : undefined
    },
  ),
  rewrite(['broadcast'], 'a broadcast of a broadcast', ({ operands: [x] }, { shape, dtype }, build) =>
    x.expression.op === 'broadcast'
      ? build({ op: 'broadcast', operands: x.expression.operands }, shape, dtype)
      : undefined,
  ),
  rewrite(
    ['broadcast'],
    'axes of size 1 in front are there anyway',
    ({ operands: [x] }, { shape, dtype }, build) => {
      const { expression } = x
      if (expression.op !== 'reshape') return undefined
      const [source] = expression.operands
      return source.shape.length <= shape.length &&
        equalShapes(withoutLead(source.shape), withoutLead(x.shape))
        ? build({ op: 'broadcast', operands: [source] }, shape, dtype)
        : undefined
    },
  ),
  rewrite(['slice'], 'a slice of a slice', ({ operands: [x], ...outer }, { shape, dtype }, build) => {
    const { expression } = x
    if (expression.op !== 'slice' || shape.includes(0)) return undefined
    const start = shape.map(
      (_, axis) => (expression.start[axis] ?? 0) + (outer.start[axis] ?? 0) * (expression.step[axis] ?? 1),
    )
    const step = shape.map((size, axis) =>
      size === 1 ? 1 : (expression.step[axis] ?? 1) * (outer.step[axis] ?? 1),
    )
    const stop = shape.map((size, axis) => (start[axis] ?? 0) + (size - 1) * (step[axis] ?? 1) + 1)
    for (const bounds of [start, stop, step]) Object.freeze(bounds)
    return build({ op: 'slice', operands: expression.operands, start, stop, step }, shape, dtype)
  }),
  rewrite(
    ['max', 'min'],
    'the largest and the smallest of one',
    ({ operands: [x], axes }, { shape, dtype }, build) =>
      axes.every((axis) => x.shape[axis] === 1)
        ? build({ op: 'reshape', operands: [x] }, shape, dtype)
        : undefined,
  ),
]
