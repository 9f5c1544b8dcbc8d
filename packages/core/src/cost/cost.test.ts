import {
  add,
  broadcastTo,
  cost,
  exp,
  input,
  leaves,
  matmul,
  mul,
  sequentialFrom,
  relu,
  reshape,
  sum,
  tensor,
  transpose,
} from '@pullback/core'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'

const size = fc.integer({ min: 1, max: 9 })

it('counts two operations for every step of a matrix product, however the operands lie', () => {
  fc.assert(
    fc.property(size, size, size, size, fc.boolean(), fc.boolean(), (B, R, K, C, transposeA, transposeB) => {
      const a = input('a', [B, ...(transposeA ? [K, R] : [R, K])])
      const b = input('b', [B, ...(transposeB ? [C, K] : [K, C])])
      expect(cost(matmul(a, b, { transposeA, transposeB }))).toEqual({
        flops: 2 * B * R * K * C,
        bytes: 4 * B * (R * K + K * C + R * C),
      })
    }),
  )
})

it('counts what is shared once, and adds up what is not', () => {
  const x = input('x', [5, 3])
  const shared = exp(x)
  expect(cost({ a: shared, b: { c: shared } })).toEqual(cost(shared))
  expect(cost({ a: exp(x), b: exp(x) }).flops).toBe(2 * cost(shared).flops)
  expect(cost(add(shared, shared)).flops).toBe(30)
})

it('takes moving elements for no operation, and views for no traffic', () => {
  const x = input('x', [5, 3])
  expect(cost(transpose(x))).toEqual({ flops: 0, bytes: 120 })
  expect(cost(reshape(x, [15]))).toEqual({ flops: 0, bytes: 0 })
  expect(cost(broadcastTo(tensor(1), [100, 100]))).toEqual({ flops: 0, bytes: 0 })
  expect(cost(mul(x, 2))).toEqual({ flops: 15, bytes: 60 + 4 + 60 })
  expect(cost(mul(x, x))).toEqual({ flops: 15, bytes: 120 })
  expect(cost(mul(input('d', [5, 3], 'float64'), 2)).bytes).toBe(120 + 8 + 120)
  expect(cost(sum(x))).toEqual({ flops: 15, bytes: 64 })
  expect(cost({})).toEqual({ flops: 0, bytes: 0 })
})

it('is linear in the batch for a net without penalties', () => {
  const net = sequentialFrom(
    ['N', 4],
    [
      ['a', relu()],
      ['b', relu()],
    ],
  )
  if (net._tag === 'Left') throw new Error(net.left)
  const layers = net.right
  fc.assert(
    fc.property(size, (N) => {
      const { output } = layers.forward({}, input('x', [N, 4]))
      expect(cost(output).flops).toBe(8 * N)
      expect(leaves(output)).toHaveLength(1)
    }),
  )
})

it('goes through ten thousand operations', () => {
  let x = input('x', [2])
  for (let step = 0; step < 10_000; step++) x = exp(x)
  expect(cost(x)).toEqual({ flops: 20_000, bytes: 160_000 })
})
