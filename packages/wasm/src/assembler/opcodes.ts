/** Names in the order of their opcodes from `first` on; `_` skips one. */
function numbered(first: number, names: string): readonly (readonly [string, number])[] {
  return names
    .trim()
    .split(/\s+/u)
    .map((name, index) => [name, first + index] as const)
    .filter(([name]) => name !== '_')
}

/** The bytes of an opcode, behind a prefix as an unsigned LEB128. */
const encoded = (prefix: number | undefined, code: number): readonly number[] =>
  prefix === undefined ? [code] : code < 0x80 ? [prefix, code] : [prefix, (code & 0x7f) | 0x80, code >> 7]

const behind = (prefix: number | undefined, names: readonly (readonly [string, number])[]) =>
  names.map(([name, code]) => [name, encoded(prefix, code)] as const)

const comparisons = (type: string, signs: string): string =>
  signs
    .split(' ')
    .map((name) => `${type}.${name}`)
    .join(' ')

const integerComparisons = 'eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u'
const floatComparisons = 'eq ne lt gt le ge'
const integerArithmetic =
  'clz ctz popcnt add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr'
const floatArithmetic = 'abs neg ceil floor trunc nearest sqrt add sub mul div min max copysign'

/** Instructions of one byte that take operands from the stack alone. */
const plain = [
  ...numbered(0x00, 'unreachable nop'),
  ...numbered(0x0f, 'return'),
  ...numbered(0x1a, 'drop select'),
  ...numbered(
    0x45,
    [
      'i32.eqz',
      comparisons('i32', integerComparisons),
      'i64.eqz',
      comparisons('i64', integerComparisons),
      comparisons('f32', floatComparisons),
      comparisons('f64', floatComparisons),
      comparisons('i32', integerArithmetic),
      comparisons('i64', integerArithmetic),
      comparisons('f32', floatArithmetic),
      comparisons('f64', floatArithmetic),
      'i32.wrap_i64 i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u',
      'i64.extend_i32_s i64.extend_i32_u i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u',
      'f32.convert_i32_s f32.convert_i32_u f32.convert_i64_s f32.convert_i64_u f32.demote_f64',
      'f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s f64.convert_i64_u f64.promote_f32',
      'i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64',
    ].join(' '),
  ),
]

const saturating = numbered(
  0x00,
  'i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u i64.trunc_sat_f32_s i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u',
)

const vector = [
  ...numbered(0x0e, 'i8x16.swizzle'),
  ...numbered(0x0f, 'i8x16.splat i16x8.splat i32x4.splat i64x2.splat f32x4.splat f64x2.splat'),
  ...numbered(
    0x23,
    [
      comparisons('i8x16', integerComparisons),
      comparisons('i16x8', integerComparisons),
      comparisons('i32x4', integerComparisons),
      comparisons('f32x4', floatComparisons),
      comparisons('f64x2', floatComparisons),
      'v128.not v128.and v128.andnot v128.or v128.xor v128.bitselect v128.any_true',
    ].join(' '),
  ),
  ...numbered(0x5e, 'f32x4.demote_f64x2_zero f64x2.promote_low_f32x4'),
  ...numbered(0x67, 'f32x4.ceil f32x4.floor f32x4.trunc f32x4.nearest'),
  ...numbered(0x74, 'f64x2.ceil f64x2.floor'),
  ...numbered(0x7a, 'f64x2.trunc'),
  ...numbered(0x94, 'f64x2.nearest'),
  ...numbered(0xa0, 'i32x4.abs i32x4.neg _ i32x4.all_true i32x4.bitmask'),
  ...numbered(0xab, 'i32x4.shl i32x4.shr_s i32x4.shr_u i32x4.add _ _ i32x4.sub'),
  ...numbered(0xb5, 'i32x4.mul i32x4.min_s i32x4.min_u i32x4.max_s i32x4.max_u'),
  ...numbered(0xc0, 'i64x2.abs i64x2.neg _ i64x2.all_true i64x2.bitmask'),
  ...numbered(
    0xc7,
    'i64x2.extend_low_i32x4_s i64x2.extend_high_i32x4_s i64x2.extend_low_i32x4_u i64x2.extend_high_i32x4_u i64x2.shl i64x2.shr_s i64x2.shr_u i64x2.add _ _ i64x2.sub _ _ _ i64x2.mul i64x2.eq i64x2.ne i64x2.lt_s i64x2.gt_s i64x2.le_s i64x2.ge_s',
  ),
  ...numbered(
    0xe0,
    'f32x4.abs f32x4.neg _ f32x4.sqrt f32x4.add f32x4.sub f32x4.mul f32x4.div f32x4.min f32x4.max f32x4.pmin f32x4.pmax',
  ),
  ...numbered(
    0xec,
    'f64x2.abs f64x2.neg _ f64x2.sqrt f64x2.add f64x2.sub f64x2.mul f64x2.div f64x2.min f64x2.max f64x2.pmin f64x2.pmax',
  ),
  ...numbered(
    0xf8,
    'i32x4.trunc_sat_f32x4_s i32x4.trunc_sat_f32x4_u f32x4.convert_i32x4_s f32x4.convert_i32x4_u i32x4.trunc_sat_f64x2_s_zero i32x4.trunc_sat_f64x2_u_zero f64x2.convert_low_i32x4_s f64x2.convert_low_i32x4_u',
  ),
  ...numbered(
    0x101,
    'i32x4.relaxed_trunc_f32x4_s _ _ _ f32x4.relaxed_madd f32x4.relaxed_nmadd f64x2.relaxed_madd f64x2.relaxed_nmadd _ _ i32x4.relaxed_laneselect i64x2.relaxed_laneselect f32x4.relaxed_min f32x4.relaxed_max f64x2.relaxed_min f64x2.relaxed_max',
  ),
]

/** The bytes of instructions without immediates. */
export const plainOpcodes: ReadonlyMap<string, readonly number[]> = new Map([
  ...behind(undefined, plain),
  ...behind(0xfc, saturating),
  ...behind(0xfd, vector),
])

/** The bytes of instructions that are followed by the number of a lane. */
export const laneOpcodes: ReadonlyMap<string, readonly number[]> = new Map(
  behind(
    0xfd,
    numbered(
      0x1b,
      'i32x4.extract_lane i32x4.replace_lane i64x2.extract_lane i64x2.replace_lane f32x4.extract_lane f32x4.replace_lane f64x2.extract_lane f64x2.replace_lane',
    ),
  ),
)

interface Access {
  readonly opcode: readonly number[]
  /** The alignment that is natural for it, as a power of 2. */
  readonly align: number
}

const accesses = (prefix: number | undefined, first: number, align: number, names: string) =>
  behind(prefix, numbered(first, names)).map(([name, opcode]) => [name, { opcode, align }] as const)

/** Instructions that read or write memory, with an alignment and an offset. */
export const memoryOpcodes: ReadonlyMap<string, Access> = new Map([
  ...accesses(undefined, 0x28, 2, 'i32.load'),
  ...accesses(undefined, 0x29, 3, 'i64.load'),
  ...accesses(undefined, 0x2a, 2, 'f32.load'),
  ...accesses(undefined, 0x2b, 3, 'f64.load'),
  ...accesses(undefined, 0x2c, 0, 'i32.load8_s i32.load8_u'),
  ...accesses(undefined, 0x2e, 1, 'i32.load16_s i32.load16_u'),
  ...accesses(undefined, 0x36, 2, 'i32.store'),
  ...accesses(undefined, 0x37, 3, 'i64.store'),
  ...accesses(undefined, 0x38, 2, 'f32.store'),
  ...accesses(undefined, 0x39, 3, 'f64.store'),
  ...accesses(undefined, 0x3a, 0, 'i32.store8'),
  ...accesses(undefined, 0x3b, 1, 'i32.store16'),
  ...accesses(0xfd, 0x00, 4, 'v128.load'),
  ...accesses(0xfd, 0x05, 3, 'v128.load32x2_s v128.load32x2_u'),
  ...accesses(0xfd, 0x09, 2, 'v128.load32_splat'),
  ...accesses(0xfd, 0x0a, 3, 'v128.load64_splat'),
  ...accesses(0xfd, 0x0b, 4, 'v128.store'),
  ...accesses(0xfd, 0x5c, 2, 'v128.load32_zero'),
  ...accesses(0xfd, 0x5d, 3, 'v128.load64_zero'),
  ...accesses(0xfe, 0x00, 2, 'memory.atomic.notify memory.atomic.wait32'),
  ...accesses(0xfe, 0x02, 3, 'memory.atomic.wait64'),
  ...accesses(0xfe, 0x10, 2, 'i32.atomic.load'),
  ...accesses(0xfe, 0x11, 3, 'i64.atomic.load'),
  ...accesses(0xfe, 0x17, 2, 'i32.atomic.store'),
  ...accesses(0xfe, 0x18, 3, 'i64.atomic.store'),
  ...accesses(0xfe, 0x1e, 2, 'i32.atomic.rmw.add'),
  ...accesses(0xfe, 0x1f, 3, 'i64.atomic.rmw.add'),
  ...accesses(0xfe, 0x25, 2, 'i32.atomic.rmw.sub'),
  ...accesses(0xfe, 0x41, 2, 'i32.atomic.rmw.xchg'),
  ...accesses(0xfe, 0x42, 3, 'i64.atomic.rmw.xchg'),
  ...accesses(0xfe, 0x48, 2, 'i32.atomic.rmw.cmpxchg'),
  ...accesses(0xfe, 0x49, 3, 'i64.atomic.rmw.cmpxchg'),
])

/** Instructions that read or write one lane of a vector: an alignment, an offset and a lane. */
export const laneMemoryOpcodes: ReadonlyMap<string, Access> = new Map([
  ...accesses(0xfd, 0x56, 2, 'v128.load32_lane'),
  ...accesses(0xfd, 0x57, 3, 'v128.load64_lane'),
  ...accesses(0xfd, 0x5a, 2, 'v128.store32_lane'),
  ...accesses(0xfd, 0x5b, 3, 'v128.store64_lane'),
])

/** All names by what follows their opcode. */
export const instructionNames = {
  plain: [...plainOpcodes.keys()],
  lane: [...laneOpcodes.keys()],
  memory: [...memoryOpcodes.keys()],
  laneMemory: [...laneMemoryOpcodes.keys()],
} as const
