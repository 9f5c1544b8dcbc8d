import type { ArithmeticOp, ComparisonOp, Dtype, UnaryOp } from '@pullback/core'
import { i32, i32Lanes, i32x4, op, sequence, shuffle32, shuffle64, type Code } from '../assembler/code.ts'
import type { Local } from '../assembler/module.ts'
import type { MathsLibrary } from '../maths/mathsLibrary.ts'
import { constantVector, narrowMask, vectorType, widenMask, type LaneCount } from './lanes.ts'

/**
 * The value of one operation in a loop. Masks, all bits set where a comparison holds, stand for int32 1 and 0; their lanes
 * are as wide as those that were compared.
 */
export interface Operand {
  readonly dtype: Dtype
  readonly code: Code
  readonly mask: 'none' | '32' | '64'
}

/** Where operations find functions and locals. */
export interface OperationContext {
  readonly lanes: LaneCount
  readonly maths: MathsLibrary
  readonly local: () => Local
}

/** The int32 vector that an operand is, its mask turned into ones and zeros. */
export function valueOf({ code, mask }: Operand): Code {
  if (mask === 'none') return code
  return op('v128.and', mask === '64' ? narrowMask(code) : code, i32x4(1))
}

/** An operand as the condition of a choice between vectors of a dtype. */
function conditionFor(dtype: Dtype, condition: Operand): Code {
  const wide = dtype === 'float64'
  if (condition.mask === 'none') {
    const mask = op('i32x4.ne', condition.code, i32x4(0))
    return wide ? widenMask(mask) : mask
  }
  if (condition.mask === '64') return wide ? condition.code : narrowMask(condition.code)
  return wide ? widenMask(condition.code) : condition.code
}

export const choose = (dtype: Dtype, condition: Operand, then: Operand, otherwise: Operand): Code =>
  op('v128.bitselect', valueOf(then), valueOf(otherwise), conditionFor(dtype, condition))

const floatComparison: Readonly<Record<ComparisonOp, string>> = {
  equal: 'eq',
  notEqual: 'ne',
  less: 'lt',
  lessEqual: 'le',
  greater: 'gt',
  greaterEqual: 'ge',
}

export function compare(name: ComparisonOp, a: Operand, b: Operand): Operand {
  const sign = floatComparison[name]
  const isSigned = a.dtype === 'int32' && sign !== 'eq' && sign !== 'ne'
  return {
    dtype: 'int32',
    mask: a.dtype === 'float64' ? '64' : '32',
    code: op(`${vectorType(a.dtype)}.${sign}${isSigned ? '_s' : ''}`, valueOf(a), valueOf(b)),
  }
}

/** Numbers in another dtype; to int32 truncated, NaN being 0. */
export function convert(dtype: Dtype, from: Operand): Code {
  const { dtype: source, mask, code } = from
  if (mask !== 'none' && dtype !== 'int32') {
    const one = constantVector(dtype, 1)
    return op('v128.and', conditionFor(dtype, from), one)
  }
  const value = mask === 'none' ? code : valueOf(from)
  if (source === dtype) return value
  if (source === 'int32')
    return op(dtype === 'float32' ? 'f32x4.convert_i32x4_s' : 'f64x2.convert_low_i32x4_s', value)
  if (dtype === 'int32')
    return op(source === 'float32' ? 'i32x4.trunc_sat_f32x4_s' : 'i32x4.trunc_sat_f64x2_s_zero', value)
  return op(dtype === 'float64' ? 'f64x2.promote_low_f32x4' : 'f32x4.demote_f64x2_zero', value)
}

const signBit = (dtype: Dtype): Code => constantVector(dtype, -0)

/** Evaluates a code once, for use in several places. */
function once({ local }: OperationContext, value: Code, use: (value: Code) => Code): Code {
  const held = local()
  return sequence(held.set(value), use(held.get))
}

const signOf = (dtype: Dtype, x: Code): Code =>
  dtype === 'int32'
    ? op('v128.or', op('i32x4.shr_s', x, i32(31)), op('v128.and', op('i32x4.gt_s', x, i32x4(0)), i32x4(1)))
    : op(
        'v128.bitselect',
        op('v128.or', op('v128.and', x, signBit(dtype)), constantVector(dtype, 1)),
        x,
        op(`${vectorType(dtype)}.gt`, op(`${vectorType(dtype)}.abs`, x), constantVector(dtype, 0)),
      )

export function unary(context: OperationContext, name: UnaryOp, dtype: Dtype, operand: Operand): Code {
  const x = valueOf(operand)
  if (name === 'sign') return once(context, x, (value) => signOf(dtype, value))
  if (name === 'floor') return dtype === 'int32' ? x : op(`${vectorType(dtype)}.floor`, x)
  if (name === 'neg' || name === 'abs' || name === 'sqrt') return op(`${vectorType(dtype)}.${name}`, x)
  return context.maths.vector(name, dtype).call(x)
}

/** The quotients of the lower two int32 lanes, computed in float64, truncated, in the lower two lanes. */
const quotients = (a: Code, b: Code): Code =>
  op(
    'i32x4.trunc_sat_f64x2_s_zero',
    op('f64x2.div', op('f64x2.convert_low_i32x4_s', a), op('f64x2.convert_low_i32x4_s', b)),
  )

const upper = (x: Code): Code => shuffle32([2, 3, 2, 3], x, x)

/** Truncated towards zero, 0 where the divisor is 0; the smallest int32 by -1 wraps to itself. */
function divideIntegers(context: OperationContext, dividend: Code, divisor: Code): Code {
  return once(context, dividend, (a) =>
    once(context, divisor, (b) => {
      const truncated =
        context.lanes === 2
          ? quotients(a, b)
          : shuffle64([0, 2], quotients(a, b), quotients(upper(a), upper(b)))
      const wraps = op('v128.and', op('i32x4.eq', a, i32x4(-(2 ** 31))), op('i32x4.eq', b, i32x4(-1)))
      return op('v128.and', op('v128.bitselect', a, truncated, wraps), op('i32x4.ne', b, i32x4(0)))
    }),
  )
}

export function arithmetic(
  context: OperationContext,
  name: ArithmeticOp,
  dtype: Dtype,
  left: Operand,
  right: Operand,
): Code {
  const a = valueOf(left)
  const b = valueOf(right)
  const type = vectorType(dtype)
  if (name === 'pow') return context.maths.vector('pow', dtype).call(a, b)
  if (name === 'div' && dtype === 'int32') return divideIntegers(context, a, b)
  if (name === 'maximum') return op(dtype === 'int32' ? 'i32x4.max_s' : `${type}.max`, a, b)
  if (name === 'minimum') return op(dtype === 'int32' ? 'i32x4.min_s' : `${type}.min`, a, b)
  return op(`${type}.${name}`, a, b)
}

/** A counter, an int32, plus 0, 1, ... in the lanes, or in every lane, as a vector of a dtype. */
export function positions(dtype: Dtype, counter: Code, isRising: boolean): Code {
  const splat = op('i32x4.splat', counter)
  const integers = isRising ? op('i32x4.add', splat, i32Lanes(0, 1, 2, 3)) : splat
  return convert(dtype, { dtype: 'int32', code: integers, mask: 'none' })
}

/** All bits set in the first `count` lanes of a dtype. */
export const firstLanes = (dtype: Dtype, count: number): Code =>
  dtype === 'float64'
    ? i32Lanes(...[0, 0, 1, 1].map((lane) => (lane < count ? -1 : 0)))
    : i32Lanes(...[0, 1, 2, 3].map((lane) => (lane < count ? -1 : 0)))
