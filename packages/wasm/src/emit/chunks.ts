import { i32, op, type Code } from '../assembler/code.ts'
import type { Range } from './nest.ts'

/** An axis divided into parts of the same length, a multiple of something, but for the last. */
export interface Division {
  readonly size: number
  readonly parts: number
  readonly length: number
}

export function divided(size: number, parts: number, granularity: number): Division {
  const length = Math.max(Math.ceil(size / Math.max(parts, 1) / granularity) * granularity, granularity)
  return { size, parts: Math.max(Math.ceil(size / length), 1), length }
}

/** The positions of one part. */
export function rangeOf({ size, parts, length }: Division, part: Code): Range {
  if (parts === 1) return { from: i32(0), to: i32(size) }
  const from = op('i32.mul', part, i32(length))
  const end = op('i32.add', from, i32(length))
  return { from, to: op('select', end, i32(size), op('i32.lt_s', end, i32(size))) }
}
