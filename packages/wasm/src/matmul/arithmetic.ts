import { access, f32x4, f64x2, i32x4, op, type Code } from '../assembler/code.ts'
import type { Features } from '../engine/features.ts'
import type { MatmulSpec } from './kernel.ts'

/** What the vectors of a product are made of, and what is done with them. */
export interface Arithmetic {
  /** Of one element. */
  readonly bits: 32 | 64
  readonly bytes: number
  readonly lanes: number
  readonly zero: Code
  readonly add: (a: Code, b: Code) => Code
  readonly multiply: (a: Code, b: Code) => Code
  /** Whether `multiplyAdd` is one instruction: if not, the product takes a register. */
  readonly isFused: boolean
  /** a b + c */
  readonly multiplyAdd: (a: Code, b: Code, c: Code) => Code
  /** One element in every lane. */
  readonly loadSplat: (offset: number, address: Code) => Code
}

const shapes = {
  float32: { shape: 'f32x4', bits: 32, zero: f32x4(0), fusible: true },
  float64: { shape: 'f64x2', bits: 64, zero: f64x2(0), fusible: true },
  int32: { shape: 'i32x4', bits: 32, zero: i32x4(0), fusible: false },
} as const

export function arithmeticOf(dtype: MatmulSpec['dtype'], { relaxed }: Pick<Features, 'relaxed'>): Arithmetic {
  const { shape, bits, zero, fusible } = shapes[dtype]
  const add = (a: Code, b: Code) => op(`${shape}.add`, a, b)
  const multiply = (a: Code, b: Code) => op(`${shape}.mul`, a, b)
  const isFused = relaxed && fusible
  return {
    bits,
    bytes: bits / 8,
    lanes: 128 / bits,
    zero,
    add,
    multiply,
    isFused,
    multiplyAdd: isFused
      ? (a, b, c) => op(`${shape}.relaxed_madd`, a, b, c)
      : (a, b, c) => add(c, multiply(a, b)),
    loadSplat: (offset, address) => access(`v128.load${bits}_splat`, offset, address),
  }
}
