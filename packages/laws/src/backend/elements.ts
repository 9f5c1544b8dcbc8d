import type { Dtype, TypedArray } from '@pullback/core'
import { randomFrom, type Random } from '../sample/random.ts'

/**
 * The ways in which elements are drawn that a backend has to get right, the simplest first:
 *
 * - `normal`: standard normal; integers from -9 to 9
 * - `grid`: multiples of 1/2 from -2 to 2: ties, and zeros of both signs
 * - `scaled`: normal times one number from 1e-3 to 1e3
 * - `edges`: around the numbers at which functions overflow, vanish or change the way in which they are computed
 * - `wide`: of any exponent, subnormal numbers among them; any integer
 * - `subnormal`: nothing but these and zeros; few integers
 * - `special`: NaN, infinities, both zeros and the ends of the range among normal ones
 */
export const elementRegimes = ['normal', 'grid', 'scaled', 'edges', 'wide', 'subnormal', 'special'] as const

export type ElementRegime = (typeof elementRegimes)[number]

/** A new array of a dtype. */
export const arrayOf = (dtype: Dtype, values: ArrayLike<number>): TypedArray =>
  dtype === 'float32'
    ? Float32Array.from(values)
    : dtype === 'float64'
      ? Float64Array.from(values)
      : Int32Array.from(values)

const limits = {
  float32: { least: 2 ** -149, normal: 2 ** -126, most: (2 - 2 ** -23) * 2 ** 127, exponents: [-149, 127] },
  float64: {
    least: Number.MIN_VALUE,
    normal: 2 ** -1022,
    most: Number.MAX_VALUE,
    exponents: [-1074, 1023],
  },
} as const

const edges = [
  0.5,
  1,
  2,
  3,
  0.46875,
  0.25,
  2 ** -12,
  2 ** -26,
  2 ** -28,
  4,
  5.9,
  9,
  20,
  22,
  26.6,
  37,
  44,
  87.3,
  88.72,
  103.97,
  104,
  708.4,
  709.78,
  745.13,
  746,
  1e3,
  1e5,
  2 ** 23,
  2 ** 24,
  2 ** 31,
  2 ** 52,
  2 ** 53,
  1e22,
  Math.PI / 4,
  Math.PI / 2,
  Math.PI,
  Math.PI * 1000,
  Math.LN2,
  Math.E,
]

function floatOf(regime: ElementRegime, dtype: 'float32' | 'float64', random: Random, scale: number): number {
  const { least, normal, most, exponents } = limits[dtype]
  const sign = () => (random.below(2) === 0 ? 1 : -1)
  switch (regime) {
    case 'normal':
      return random.normal()
    case 'grid':
      return (sign() * random.below(5)) / 2
    case 'scaled':
      return random.normal() * scale
    case 'edges': {
      const edge = edges[random.below(edges.length)] ?? 1
      const ulps = random.below(3) === 0 ? random.normal() * 0.01 : (random.below(5) - 2) * 2 ** -23
      return sign() * edge * (1 + ulps)
    }
    case 'wide': {
      const exponent = exponents[0] + random.below(exponents[1] - exponents[0] + 1)
      return sign() * (1 + random.uniform()) * 2 ** exponent
    }
    case 'subnormal':
      return sign() * least * random.below(2 ** random.below(23))
    case 'special': {
      const choices = [Number.NaN, Infinity, -Infinity, 0, -0, least, -least, normal, most, -most, 1, -1]
      return choices[random.below(3 * choices.length)] ?? random.normal()
    }
  }
}

function integerOf(regime: ElementRegime, random: Random): number {
  const ends = [-(2 ** 31), 2 ** 31 - 1, -(2 ** 31) + 1, 65_537, 46_341, 0, -1, 1]
  switch (regime) {
    case 'grid':
    case 'subnormal':
      return random.below(5) - 2
    case 'wide':
    case 'edges':
      return Math.floor(random.uniform() * 2 ** 32) | 0
    case 'special':
      return ends[random.below(2 * ends.length)] ?? random.below(19) - 9
    default:
      return random.below(19) - 9
  }
}

/** Elements of a regime: a function of the seed. */
export function drawElements(dtype: Dtype, regime: ElementRegime, count: number, seed: number): TypedArray {
  const random = randomFrom(seed, 'elements')
  const scale = 10 ** (random.uniform() * 6 - 3)
  return arrayOf(
    dtype,
    Array.from({ length: count }, () =>
      dtype === 'int32' ? integerOf(regime, random) : floatOf(regime, dtype, random, scale),
    ),
  )
}
