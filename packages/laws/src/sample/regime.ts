import type { Random } from './random.ts'

/**
 * The ways in which values of floats are drawn, the simplest first:
 *
 * - `normal`: standard normal
 * - `grid`: multiples of 1/2 from -2 to 2: ties and exact zeros
 * - `scaled`: normal times one number from 1e-3 to 1e2
 * - `sparse`: mostly exact zeros
 * - `heavyTailed`: a few entries far out
 * - `constant`: one value everywhere
 * - `lowVariance`: one value plus a thousandth of normal
 * - `landmarks`: around the constants that occur in the layer's own expressions
 */
export const regimes = [
  'normal',
  'grid',
  'scaled',
  'sparse',
  'heavyTailed',
  'constant',
  'lowVariance',
  'landmarks',
] as const

export type Regime = (typeof regimes)[number]

/** A few per cent off, a few per mille off, and on it. */
const offsets = [0, 0.002, -0.002, 0.03, -0.03]

function around(random: Random, constants: readonly number[]): number {
  const pick = () => (constants[random.below(constants.length)] ?? 0) * (random.below(2) === 0 ? 1 : -1)
  const at = pick()
  const choice = random.below(8)
  if (choice === 0) return (at + pick()) / 2
  if (choice === 1) return random.normal() * Math.max(1, Math.abs(at))
  // Off zero by a share of itself would be zero again.
  const unit = at === 0 ? 1 : at
  return at + unit * (offsets[choice - 2] ?? (random.uniform() - 0.5) * 0.2)
}

/**
 * As many values as asked for.
 *
 * @param constants the landmarks, for the regime of that name; without any it is `grid`
 */
export function drawValues(
  regime: Regime,
  count: number,
  random: Random,
  constants: readonly number[] = [],
): Float64Array {
  const fill = (value: () => number): Float64Array => Float64Array.from({ length: count }, value)
  const grid = () => (random.below(9) - 4) / 2
  switch (regime) {
    case 'normal':
      return fill(random.normal)
    case 'grid':
      return fill(grid)
    case 'scaled': {
      const scale = 10 ** (random.uniform() * 5 - 3)
      return fill(() => random.normal() * scale)
    }
    case 'sparse':
      return fill(() => (random.below(3) === 0 ? random.normal() : 0))
    case 'heavyTailed':
      return fill(() => random.normal() * Math.exp(1.5 * Math.abs(random.normal())))
    case 'constant': {
      const value = random.below(2) === 0 ? grid() : random.normal()
      return fill(() => value)
    }
    case 'lowVariance': {
      const value = random.normal()
      return fill(() => value + random.normal() * 1e-3)
    }
    case 'landmarks':
      return constants.length === 0 ? fill(grid) : fill(() => around(random, constants))
  }
}
