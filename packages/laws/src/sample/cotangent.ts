import { drawValues } from './regime.ts'
import type { Random } from './random.ts'

/** The ways in which cotangents, the gradients by the output, are drawn, the simplest first. */
export const cotangents = [
  'ones',
  'normal',
  'negative',
  'sumZero',
  'sparse',
  'oneHot',
  'huge',
  'tiny',
] as const

export type Cotangent = (typeof cotangents)[number]

/** The entries of a cotangent. */
export function drawCotangent(kind: Cotangent, count: number, random: Random): Float64Array {
  const normal = () => drawValues('normal', count, random)
  switch (kind) {
    case 'ones':
      return new Float64Array(count).fill(1)
    case 'normal':
      return normal()
    case 'negative':
      return normal().map((value) => -Math.abs(value))
    case 'sumZero': {
      const values = normal()
      const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(count, 1)
      // A single entry of sum zero is the zero cotangent, at which a wrong backward looks right.
      return count === 1 ? values : values.map((value) => value - mean)
    }
    case 'sparse':
      return drawValues('sparse', count, random)
    case 'oneHot': {
      const values = new Float64Array(count)
      if (count > 0) values[random.below(count)] = 1
      return values
    }
    case 'huge':
      return normal().map((value) => value * 1e6)
    case 'tiny':
      return normal().map((value) => value * 1e-9)
  }
}
