import { broadcastTo, iota, matmul, max, mul, sum, trace, type AnyTensor, type Tensor } from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { elementCount } from '../../tensor/shape.ts'
import { prepareMakingRoom } from '../makingRoom.ts'
import { lower } from './lower.ts'

const planOf = (fn: (x: Tensor) => AnyTensor) => lower(trace(fn as never, { shapes: [1, 1] }))

const limit = 2 ** 31 - 1
const sizes = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.constant(limit)), {
    minLength: 2,
    maxLength: 4,
  })
  .filter((shape) => elementCount(shape) <= Number.MAX_SAFE_INTEGER)

test('axes are merged to axes whose positions can be counted', () => {
  fc.assert(
    fc.property(sizes, (shape) => {
      const { kernels } = planOf((x) => sum(broadcastTo(x, shape)))
      const loop = kernels.find(({ kind }) => kind === 'loop')
      if (loop?.kind !== 'loop') throw new Error('there is no loop')
      expect(Math.max(...loop.axes)).toBeLessThanOrEqual(limit)
      expect(elementCount(loop.axes)).toBe(elementCount(shape))
    }),
  )
})

describe.each<[string, (x: Tensor) => AnyTensor, string]>([
  ['reduced', (x) => sum(broadcastTo(x, [3e9, 1])), 'an axis has 3000000000'],
  ['of positions', () => max(mul(iota([3e9]), 1)), 'an axis has 3000000000'],
  ['of products', (x) => matmul(broadcastTo(x, [1, 3e9]), broadcastTo(x, [3e9, 1])), 'has 3000000000'],
  ['of a result', (x) => broadcastTo(x, [60_000, 60_000]), 'a buffer has 3600000000'],
])('an axis that is longer: %s', (_, fn, sentence) => {
  test('is refused', () => {
    expect(() => planOf(fn)).toThrow(
      expect.objectContaining({
        name: 'RangeError',
        message: expect.stringMatching(
          new RegExp(`^lower: .*${sentence} positions; at most 2147483647 can be compiled`, 'u'),
        ) as string,
      }),
    )
  })
})

test('making room is not tried for what is too long', () => {
  let asked = 0
  const backend = {
    name: 'lowering',
    description: '',
    rank: -1,
    prepare: (program: Parameters<typeof lower>[0]) => {
      asked += 1
      lower(program)
      throw new Error('unreachable')
    },
  }
  const program = trace((x) => broadcastTo(x, [3e9]), { shapes: [1] })
  expect(() => prepareMakingRoom(backend, program)).toThrow(RangeError)
  expect(asked).toBe(1)
})
