import { f32x4, f64x2, i32, i32x4, i64x2, op, type Code } from '../assembler/code.ts'
import type { Lines } from './lines.ts'

/** The float types that the functions of this folder take. */
export type FloatType = 'float32' | 'float64'

/** How the numbers of a float type are made of bits. */
interface Format {
  readonly dtype: FloatType
  /** Bits of the significand behind the point. */
  readonly digits: number
  readonly bias: number
  /** The lanes of a vector, and its lanes as integers. */
  readonly float: 'f32x4' | 'f64x2'
  readonly integer: 'i32x4' | 'i64x2'
}

const formats: Readonly<Record<FloatType, Format>> = {
  float32: { dtype: 'float32', digits: 23, bias: 127, float: 'f32x4', integer: 'i32x4' },
  float64: { dtype: 'float64', digits: 52, bias: 1023, float: 'f64x2', integer: 'i64x2' },
}

type Binary = (a: Code, b: Code) => Code
type Unary = (a: Code) => Code
type Shift = (a: Code, count: number) => Code

/** Arithmetic on the lanes of vectors of a float type, in a function written line by line. */
export interface Lanes extends Format, Lines {
  /** A number, and an integer, in every lane. */
  readonly number: (value: number) => Code
  readonly bits: (value: bigint) => Code
  readonly add: Binary
  readonly sub: Binary
  readonly mul: Binary
  readonly div: Binary
  readonly abs: Unary
  readonly neg: Unary
  readonly sqrt: Unary
  readonly floor: Unary
  /** The smaller and the larger of both, `a` where `a` is NaN. */
  readonly atMost: Binary
  readonly atLeast: Binary
  /** Comparisons: all bits of a lane are set where they hold. */
  readonly less: Binary
  readonly equal: Binary
  readonly equalBits: Binary
  readonly and: Binary
  readonly or: Binary
  readonly xor: Binary
  /** The bits of `a` that are not in `b`. */
  readonly andNot: Binary
  readonly not: Unary
  readonly addBits: Binary
  readonly subBits: Binary
  readonly shiftLeft: Shift
  readonly shiftRight: Shift
  /** `a` where a comparison holds, `b` elsewhere. */
  readonly select: (condition: Code, a: Code, b: Code) => Code
  /** An int32 that is not 0 if a comparison holds in any lane. */
  readonly any: Unary
  /** A polynomial by Horner's rule, coefficients from the lowest power. */
  readonly polynomial: (coefficients: readonly number[], x: Code) => Code
}

const binary =
  (name: string): Binary =>
  (a, b) =>
    op(name, a, b)

const unary =
  (name: string): Unary =>
  (a) =>
    op(name, a)

const shift =
  (name: string): Shift =>
  (a, count) =>
    op(name, a, i32(count))

export function lanesOf(lines: Lines, dtype: FloatType): Lanes {
  const format = formats[dtype]
  const { float, integer } = format
  const number = (value: number) => (dtype === 'float32' ? f32x4(value) : f64x2(value))
  const add = binary(`${float}.add`)
  const mul = binary(`${float}.mul`)
  return {
    ...lines,
    ...format,
    number,
    bits: (value) => (dtype === 'float32' ? i32x4(Number(BigInt.asIntN(32, value))) : i64x2(value)),
    add,
    sub: binary(`${float}.sub`),
    mul,
    div: binary(`${float}.div`),
    abs: unary(`${float}.abs`),
    neg: unary(`${float}.neg`),
    sqrt: unary(`${float}.sqrt`),
    floor: unary(`${float}.floor`),
    atMost: binary(`${float}.pmin`),
    atLeast: binary(`${float}.pmax`),
    less: binary(`${float}.lt`),
    equal: binary(`${float}.eq`),
    equalBits: binary(`${integer}.eq`),
    and: binary('v128.and'),
    or: binary('v128.or'),
    xor: binary('v128.xor'),
    andNot: binary('v128.andnot'),
    not: unary('v128.not'),
    addBits: binary(`${integer}.add`),
    subBits: binary(`${integer}.sub`),
    shiftLeft: shift(`${integer}.shl`),
    shiftRight: shift(`${integer}.shr_u`),
    select: (condition, a, b) => op('v128.bitselect', a, b, condition),
    any: unary('v128.any_true'),
    polynomial: (coefficients, x) =>
      coefficients
        .toReversed()
        .map(number)
        .reduce((sum, coefficient) => add(mul(sum, x), coefficient)),
  }
}
