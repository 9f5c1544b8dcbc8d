import { f32x4, f64x2, i32, i32x4, i64x2, op, sequence, when, type Code } from '../assembler/code.ts'
import type { FunctionBuilder } from '../assembler/module.ts'

/** The float types that the functions of this folder take. */
export type FloatType = 'float32' | 'float64'

/** How the numbers of a float type are made of bits. */
export interface Format {
  readonly dtype: FloatType
  /** Bits of the significand behind the point. */
  readonly digits: number
  readonly bias: number
  /** The lanes of a vector, and its lanes as integers. */
  readonly float: 'f32x4' | 'f64x2'
  readonly integer: 'i32x4' | 'i64x2'
}

export const formats: Readonly<Record<FloatType, Format>> = {
  float32: { dtype: 'float32', digits: 23, bias: 127, float: 'f32x4', integer: 'i32x4' },
  float64: { dtype: 'float64', digits: 52, bias: 1023, float: 'f64x2', integer: 'i64x2' },
}

type Binary = (a: Code, b: Code) => Code
type Unary = (a: Code) => Code

/** Arithmetic on the lanes of vectors of a float type, written line by line. */
export interface Lanes extends Format {
  /** Keeps a value, so that it can be used many times. */
  readonly keep: Unary
  /** Sets what was kept to another value. */
  readonly assign: (kept: Code, value: Code) => void
  /** Lines that run only where the int32 is not 0. */
  readonly when: (condition: Code, lines: () => void) => void
  /** One lane each of a number, and of an integer. */
  readonly number: (value: number) => Code
  readonly bits: (value: bigint) => Code
  readonly add: Binary
  readonly sub: Binary
  readonly mul: Binary
  readonly div: Binary
  readonly abs: Unary
  readonly neg: Unary
  readonly sqrt: Unary
  readonly not: Unary
  /** The smaller and the larger of both, `a` where `a` is NaN. */
  readonly atMost: Binary
  readonly atLeast: Binary
  /** Comparisons: all bits of a lane are set where they hold. */
  readonly less: Binary
  readonly lessEqual: Binary
  readonly equal: Binary
  readonly and: Binary
  readonly or: Binary
  readonly xor: Binary
  readonly andNot: Binary
  readonly addBits: Binary
  readonly subBits: Binary
  readonly shiftLeft: (a: Code, count: number) => Code
  readonly shiftRight: (a: Code, count: number) => Code
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

/** Writes a function line by line: what `lines` keeps is set in order before the value that it returns. */
export function writeLanes(
  { local }: FunctionBuilder,
  dtype: FloatType,
  lines: (lanes: Lanes) => Code,
): Code {
  const format = formats[dtype]
  const { float, integer } = format
  let written: Code[] = []
  const setters = new Map<Code, (value: Code) => Code>()
  const number = (value: number) => (dtype === 'float32' ? f32x4(value) : f64x2(value))
  const add = binary(`${float}.add`)
  const mul = binary(`${float}.mul`)
  const shift =
    (name: string) =>
    (a: Code, count: number): Code =>
      op(`${integer}.${name}`, a, i32(count))
  const lanes: Lanes = {
    ...format,
    keep(value) {
      const kept = local('v128')
      written.push(kept.set(value))
      setters.set(kept.get, kept.set)
      return kept.get
    },
    assign(kept, value) {
      const set = setters.get(kept)
      if (set === undefined) throw new Error('only what was kept can be set to another value')
      written.push(set(value))
    },
    when(condition, body) {
      const outer = written
      const inner: Code[] = []
      written = inner
      body()
      written = outer
      written.push(when(condition, sequence(...inner)))
    },
    number,
    bits: (value) => (dtype === 'float32' ? i32x4(Number(BigInt.asIntN(32, value))) : i64x2(value)),
    add,
    sub: binary(`${float}.sub`),
    mul,
    div: binary(`${float}.div`),
    abs: unary(`${float}.abs`),
    neg: unary(`${float}.neg`),
    sqrt: unary(`${float}.sqrt`),
    not: unary('v128.not'),
    atMost: binary(`${float}.pmin`),
    atLeast: binary(`${float}.pmax`),
    less: binary(`${float}.lt`),
    lessEqual: binary(`${float}.le`),
    equal: binary(`${float}.eq`),
    and: binary('v128.and'),
    or: binary('v128.or'),
    xor: binary('v128.xor'),
    andNot: binary('v128.andnot'),
    addBits: binary(`${integer}.add`),
    subBits: binary(`${integer}.sub`),
    shiftLeft: shift('shl'),
    shiftRight: shift('shr_u'),
    select: (condition, a, b) => op('v128.bitselect', a, b, condition),
    any: unary('v128.any_true'),
    polynomial: (coefficients, x) =>
      coefficients
        .toReversed()
        .map(number)
        .reduce((sum, coefficient) => add(mul(sum, x), coefficient)),
  }
  const result = lines(lanes)
  return sequence(...written, result)
}
