import type { Matmul } from '@pullback/core'
import { i32, op, type Code } from '../assembler/code.ts'
import type { Addresses } from './addresses.ts'
import { bytesOf } from './lanes.ts'

/** Where a matrix of a product begins; offset, and stride from one item of the batch to the next, in elements. */
export interface MatrixStart {
  readonly buffer: number
  readonly offset: number
  readonly batchStride: number
}

/** The address of the matrix that belongs to an item of the batch. */
export function itemAddress(
  addresses: Addresses,
  { batch, dtype }: Matmul,
  { buffer, offset, batchStride }: MatrixStart,
  item: Code,
): Code {
  const bytes = bytesOf(dtype)
  const begin = addresses.of(buffer)
  const first = offset === 0 ? begin : op('i32.add', begin, i32(offset * bytes))
  return batch === 1 || batchStride === 0
    ? first
    : op('i32.add', first, op('i32.mul', item, i32(batchStride * bytes)))
}
