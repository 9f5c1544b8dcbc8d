import type { FloatType } from './lanes.ts'

const formats = {
  float32: { precision: 24, lowest: -149, end: 2 ** 128, largest: 2 ** 104 },
  // 2^1024 is no number: infinity is as far away as the largest number, which is as much as one unit off.
  float64: { precision: 53, lowest: -1074, end: Number.MAX_VALUE, largest: 2 ** 971 },
} as const

/** The exponent of the leading digit of a number that is neither 0 nor infinite. */
function exponentOf(x: number): number {
  const view = new DataView(new ArrayBuffer(8))
  const scaled = Math.abs(x) < 2 ** -1022
  view.setFloat64(0, scaled ? x * 2 ** 54 : x)
  return ((view.getUint16(0) >> 4) & 0x7ff) - 1023 - (scaled ? 54 : 0)
}

/** The distance of neighbouring numbers of a float type at a number. */
export function ulp(dtype: FloatType, at: number): number {
  const { precision, lowest, largest } = formats[dtype]
  if (!Number.isFinite(at)) return largest
  return at === 0 ? 2 ** lowest : Math.min(largest, 2 ** Math.max(lowest, exponentOf(at) - precision + 1))
}

const negative = (x: number): boolean => x < 0 || Object.is(x, -0)

/**
 * How far a result is from the exact one, given as a float64, in ulps. Infinitely far are a number from NaN and a zero
 * of the wrong sign; infinity is where the next number after the largest would be.
 */
export function ulpsApart(dtype: FloatType, result: number, exact: number): number {
  if (Number.isNaN(exact) || Number.isNaN(result))
    return Number.isNaN(exact) && Number.isNaN(result) ? 0 : Number.POSITIVE_INFINITY
  if (Object.is(result, exact)) return 0
  if (negative(result) !== negative(exact)) return Number.POSITIVE_INFINITY
  const { end } = formats[dtype]
  const within = (x: number) => Math.max(-end, Math.min(end, x))
  return Math.abs(within(result) - within(exact)) / ulp(dtype, within(exact))
}
