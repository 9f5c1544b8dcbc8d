import { expect, it, vi } from 'vitest'
import { addresses } from './addresses.ts'

it('gives positions within the memory, and no others', () => {
  const { at } = addresses({ buffer: new ArrayBuffer(100) }, () => 1000n)
  expect([at(0, 100), at(40, 8), at(100, 0)]).toEqual([1000n, 1040n, 1100n])
  expect([at(1, 100), at(101, 0)]).toEqual([undefined, undefined])
})

it('follows a memory that moves as it grows', () => {
  const memory = { buffer: new ArrayBuffer(100) }
  const addressOf = vi.fn<(view: Uint8Array) => bigint>(({ length }) => (length === 100 ? 1000n : 5000n))
  const { at } = addresses(memory, addressOf)
  expect([at(8, 8), at(8, 8)]).toEqual([1008n, 1008n])
  // As when a memory grows, the old buffer is detached.
  structuredClone(memory.buffer, { transfer: [memory.buffer] })
  memory.buffer = new ArrayBuffer(200)
  expect([at(8, 8), at(150, 50), at(150, 51)]).toEqual([5008n, 5150n, undefined])
})

it('asks for the base only as it must', () => {
  const addressOf = vi.fn<() => bigint>(() => 0n)
  const { at } = addresses({ buffer: new ArrayBuffer(1_000_000) }, addressOf)
  const positions = Array.from({ length: 200_000 }, (_, position) => position)
  expect(positions.filter((position) => at(position, 4) !== BigInt(position))).toEqual([])
  expect(addressOf).toHaveBeenCalledTimes(1)
})
