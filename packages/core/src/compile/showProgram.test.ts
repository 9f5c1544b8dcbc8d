import {
  argmax,
  broadcastTo,
  cast,
  concatenate,
  fold,
  gather,
  iota,
  add,
  matmul,
  ones,
  randomNormal,
  scatterAdd,
  seed,
  showProgram,
  simplify,
  slice,
  sum,
  tensor,
  trace,
  transpose,
} from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { programArbitrary } from '../evaluate/expression.arbitrary.ts'
import { batchShapes, loss, sgdStep } from './twoLayerStep.fixture.ts'

const step = () =>
  trace(({ params, batch }) => sgdStep(params, batch), {
    shapes: { params: loss.init(seed(0)), batch: batchShapes },
    carried: { params: 'params' },
  })

test('the two-layer step, simplified', () => {
  expect(showProgram(simplify(step()))).toMatchSnapshot()
})

test('every attribute', () => {
  const program = trace(
    ({ x, key, at }) => ({
      sliced: slice(transpose(x, [1, 2, 0]), [0, 2], [1, 4, 2]),
      joined: concatenate([x, x], 1),
      rows: gather(x, at, 1),
      back: scatterAdd(x, tensor([0, 1], 'int32'), 5),
      places: add(argmax(x, 2), iota([2, 3], 1)),
      drawn: cast(randomNormal(fold(key, 1), [2]), 'float64'),
      wide: sum(broadcastTo(tensor([1, -0, 0.1]), [2, 3])),
      many: matmul(broadcastTo(tensor([[1, 2, 3, 4, 5, 6, 7, 8]]), [2, 8]), ones([3, 8]), {
        transposeB: true,
      }),
    }),
    { shapes: { x: [2, 3, 4], key: { shape: [2], dtype: 'int32' }, at: { shape: [1], dtype: 'int32' } } },
  )
  expect(showProgram(program)).toMatchSnapshot()
})

test('a program without inputs or operations, and one of a single tensor', () => {
  expect(showProgram(trace(() => ({}), { shapes: {} }))).toBe('program ()\n  return ')
  expect(showProgram(trace((x) => x, { shapes: [2] }))).toBe(
    'program (input: f32[2])\n  return output = input',
  )
})

test('the text depends on nothing but the program', () => {
  expect(showProgram(step())).toBe(showProgram(step()))
  fc.assert(
    fc.property(programArbitrary, ({ roots }) => {
      const outputs = roots.map((root, index) => ({ name: `r${index}`, tensor: root }))
      const program = { inputs: [], outputs, carried: [] }
      // Simplifying twice makes every tensor anew.
      expect(showProgram(simplify(program))).toBe(showProgram(simplify(program)))
      expect(showProgram(program)).not.toContain('?')
    }),
  )
})
