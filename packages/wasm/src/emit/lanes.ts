import type { Dtype } from '@pullback/core'
import {
  access,
  f32x4,
  f64x2,
  i32x4,
  laneAccess,
  op,
  sequence,
  shuffle32,
  type Code,
} from '../assembler/code.ts'
import type { Address } from './addresses.ts'

/**
 * How many elements a vector of a loop holds: 4, or 2 if a float64 is among them, when vectors of the 32-bit dtypes use their
 * lower half alone.
 */
export type LaneCount = 2 | 4

export const bytesOf = (dtype: Dtype): number => (dtype === 'float64' ? 8 : 4)

/** The prefix of the instructions on vectors of a dtype. */
export const vectorType = (dtype: Dtype): 'f32x4' | 'f64x2' | 'i32x4' =>
  dtype === 'float32' ? 'f32x4' : dtype === 'float64' ? 'f64x2' : 'i32x4'

export const constantVector = (dtype: Dtype, value: number): Code =>
  dtype === 'float32' ? f32x4(value) : dtype === 'float64' ? f64x2(value) : i32x4(value)

/** Neighbouring elements from an address on; what lies beyond those of interest is read as well. */
export function loadVector(dtype: Dtype, lanes: LaneCount, { code, offset }: Address): Code {
  const isWhole = dtype === 'float64' || lanes === 4
  return access(isWhole ? 'v128.load' : 'v128.load64_zero', offset, code)
}

/** One element in every lane. */
export const loadRepeated = (dtype: Dtype, { code, offset }: Address): Code =>
  access(dtype === 'float64' ? 'v128.load64_splat' : 'v128.load32_splat', offset, code)

/** The first lanes, each from an address of its own. */
export function loadLanes(dtype: Dtype, [first, ...others]: readonly [Address, ...Address[]]): Code {
  const [zero, lane] =
    dtype === 'float64' ? ['v128.load64_zero', 'v128.load64_lane'] : ['v128.load32_zero', 'v128.load32_lane']
  return others.reduce(
    (vector, { code, offset }, index) => laneAccess(lane, offset, index + 1, code, vector),
    access(zero, first.offset, first.code),
  )
}

/** Writes the first `count` lanes to neighbouring elements; the vector is evaluated up to twice. */
export function storeVector(dtype: Dtype, count: number, { code, offset }: Address, vector: Code): Code {
  if (dtype === 'float64')
    return count === 2
      ? access('v128.store', offset, code, vector)
      : laneAccess('v128.store64_lane', offset, 0, code, vector)
  if (count === 4) return access('v128.store', offset, code, vector)
  const pair = laneAccess('v128.store64_lane', offset, 0, code, vector)
  if (count === 2) return pair
  const single = laneAccess('v128.store32_lane', offset + (count - 1) * 4, count - 1, code, vector)
  return count === 1 ? single : sequence(pair, single)
}

/** Writes the first lanes, each to an address of its own. */
export const storeLanes = (dtype: Dtype, addresses: readonly Address[], vector: Code): Code =>
  sequence(
    ...addresses.map(({ code, offset }, index) =>
      laneAccess(
        dtype === 'float64' ? 'v128.store64_lane' : 'v128.store32_lane',
        offset,
        index,
        code,
        vector,
      ),
    ),
  )

/** The lower two 32-bit lanes of masks of two 64-bit lanes. */
export const narrowMask = (mask: Code): Code => shuffle32([0, 2, 4, 6], mask, i32x4(0))

/** Masks of two 64-bit lanes of those of the lower two 32-bit lanes. */
export const widenMask = (mask: Code): Code => op('i64x2.extend_low_i32x4_s', mask)
