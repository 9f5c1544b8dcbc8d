import {
  add,
  exp,
  input,
  matmul,
  neg,
  ones,
  sum,
  tensor,
  type AnyTensor,
  type TypedArray,
} from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { computeAll, type Bindings } from './compute.ts'
import { programArbitrary } from './expression.arbitrary.ts'
import { recyclingMemory, type Memory } from './memory.ts'

/** What an evaluation did with its memory: the arrays that it never gave back, and the most that it held at a time. */
function held(roots: readonly AnyTensor[], bindings: Bindings = {}) {
  const { take, give } = recyclingMemory()
  const arrays = new Set<TypedArray>()
  const free = new Set<TypedArray>()
  let most = 0
  const memory: Memory = {
    take(dtype, length, shape) {
      const array = take(dtype, length, shape)
      free.delete(array)
      arrays.add(array)
      most = Math.max(most, arrays.size)
      return array
    },
    give(dtype, array) {
      if (free.has(array)) throw new Error('an array is given back twice')
      free.add(array)
      arrays.delete(array)
      give(dtype, array)
    },
  }
  const results = computeAll(roots, bindings, memory)
  return { results, arrays, most }
}

test('a chain holds one array, or two where the next cannot be written over the last', () => {
  const x = input('x', [8, 8])
  const [product, map] = Array.from({ length: 50 }).reduce<readonly [AnyTensor, AnyTensor]>(
    ([before, mapped]) => [matmul(before as typeof x, x), exp(neg(mapped as typeof x))],
    [x, x],
  )
  const bindings = { x: ones([8, 8]) }
  expect(held([product], bindings)).toMatchObject({ most: 2, arrays: { size: 1 } })
  expect(held([map], bindings)).toMatchObject({ most: 1, arrays: { size: 1 } })
})

test('what is read again later is held until then', () => {
  const x = neg(input('x', [8, 8]))
  const chain = Array.from({ length: 9 }).reduce<typeof x>((before) => matmul(before, x), x)
  const { most, arrays } = held([sum(add(chain, x))], { x: ones([8, 8]) })
  expect(most).toBe(3)
  expect(arrays.size).toBe(1)
})

test('everything is given back once, but for what the results lie in', () => {
  fc.assert(
    fc.property(programArbitrary, ({ roots, bindings }) => {
      expect(held(roots, bindings).arrays.size).toBeLessThanOrEqual(roots.length)
    }),
  )
})

test('a constant is not given away', () => {
  const constant = tensor([1, 2, 3])
  expect(held([neg(constant)]).results).toEqual([new Float32Array([-1, -2, -3])])
  expect(held([constant, neg(constant)]).arrays.size).toBe(1)
})
