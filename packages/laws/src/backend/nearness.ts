import {
  abs,
  cast,
  full,
  less,
  notEqual,
  where,
  type AnyTensor,
  type Float,
  type TypedArray,
} from '@pullback/core'
import type { Difference } from './difference.ts'
import type { Nearness } from './primitives.ts'
import { operandAt, tensorOf, type PrimitiveSample } from './primitiveSample.ts'
import { referenceOf, type Trial } from './trial.ts'

/** Units in the last place that the reference itself may be off by where it computes functions. */
const ofReference = { float32: 0.5, float64: 2.5 } as const

const unit = { float32: 2 ** -24, float64: 2 ** -53 } as const
const least = { float32: 2 ** -149, float64: Number.MIN_VALUE } as const
const largest = { float32: (2 - 2 ** -23) * 2 ** 127, float64: Number.MAX_VALUE } as const

const bits = new DataView(new ArrayBuffer(8))

/** A float as the number of floats from 0 to it, so that neighbours differ by 1, infinity being one of them. */
function ordinal(value: number, dtype: Float): bigint {
  if (dtype === 'float32') bits.setFloat32(0, value)
  else bits.setFloat64(0, value)
  const word = dtype === 'float32' ? BigInt(bits.getInt32(0)) : bits.getBigInt64(0)
  return word < 0n ? -(word & (dtype === 'float32' ? 0x7fff_ffffn : 0x7fff_ffff_ffff_ffffn)) : word
}

/** How many floats the two are apart; NaN is infinitely far from anything else, and so is 0 from -0. */
function distance(a: number, b: number, dtype: Float): number {
  if (Object.is(a, b)) return 0
  if (Number.isNaN(a) || Number.isNaN(b) || (a === 0 && b === 0)) return Infinity
  const apart = Number(ordinal(a, dtype) - ordinal(b, dtype))
  return Math.abs(apart)
}

/** How many roundings a sum of so many terms sees at most: long ones are taken in blocks. */
const roundings = (terms: number): number => (terms <= 1024 ? terms : 1024 + Math.log2(terms) + terms / 512)

/** What sums are judged by: their lengths, the sums of all magnitudes, and whether NaN is among the terms. */
interface Sums {
  readonly terms: TypedArray
  readonly sizes: TypedArray
  readonly nan: TypedArray
}

const isFinite = (x: AnyTensor) => less(abs(operandAt([x], 0)), Infinity)

function sumsOf({ operands, build }: PrimitiveSample, trial: Trial): Sums {
  const again = (change: (x: AnyTensor) => AnyTensor): AnyTensor =>
    build(operands.map(tensorOf).map((x) => (x.dtype === 'int32' ? x : change(cast(x, 'float64')))))
  const [terms, sizes, nan] = referenceOf(trial, [
    again((x) => full([...x.shape], 1, 'float64')),
    again((x) => where(isFinite(x), abs(operandAt([x], 0)), 0)),
    again((x) => where(notEqual(x, operandAt([x], 0)), x, 0)),
  ])
  if (terms === undefined || sizes === undefined || nan === undefined) throw new Error('no sums')
  return { terms, sizes, nan }
}

/** How far a sum may be off, or that it may be anything: where partial sums can overflow on the way. */
function sumAllowance(
  { terms, sizes, nan }: Sums,
  dtype: Float,
): (found: number, wanted: number, position: number) => number {
  return (found, wanted, position) => {
    const [count = 0, size = 0] = [terms[position], sizes[position]]
    const overflows = size > largest[dtype] / 2
    // What was not finite somewhere on the way may be anything, but NaN that was given stays NaN.
    if (
      overflows &&
      !Number.isNaN(nan[position] ?? 0) &&
      !(Number.isFinite(found) && Number.isFinite(wanted))
    )
      return Infinity
    const own = roundings(count) * unit[dtype] * size
    const reference = dtype === 'float32' ? unit.float32 * Math.abs(wanted) : own
    return own + reference + (count + 1) * least[dtype]
  }
}

const nowhere = (): number => 0

/** The worst element of a primitive's result that is further from the reference than it may be. */
export function primitiveDifference(
  nearness: Nearness,
  sample: PrimitiveSample,
  trial: Trial,
  found: TypedArray,
  ulps: number,
): Difference | undefined {
  const [output] = trial.program.outputs
  if (output === undefined) throw new Error('a primitive gives nothing')
  const { dtype, shape } = output.tensor
  const [wanted = found] = referenceOf(trial)
  if (found.length !== wanted.length)
    throw new Error(`${found.length} elements in the place of ${wanted.length}`)
  const isSame = (f: number, w: number): boolean =>
    Object.is(f, w) || (nearness === 'sum' && dtype !== 'int32' && f === w)
  let allowance: ((found: number, wanted: number, position: number) => number) | undefined
  let worst: Difference | undefined
  for (let position = 0; position < wanted.length; position++) {
    const [f, w] = [found[position] ?? NaN, wanted[position] ?? NaN]
    if (isSame(f, w)) continue
    if (dtype !== 'int32' && nearness === 'function') {
      const far = distance(f, w, dtype)
      if (far <= Math.floor(ulps + ofReference[dtype])) continue
    }
    if (dtype !== 'int32' && nearness === 'sum') allowance ??= sumAllowance(sumsOf(sample, trial), dtype)
    const allowed = (allowance ?? nowhere)(f, w, position)
    const apart = Math.abs(f - w)
    if (allowed === Infinity || apart <= allowed) continue
    const difference = { tensor: 'the result', dtype, shape, position, found: f, wanted: w, allowed }
    if (worst === undefined || apart > Math.abs(worst.found - worst.wanted)) worst = difference
  }
  return worst
}
