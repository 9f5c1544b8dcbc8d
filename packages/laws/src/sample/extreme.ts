import type { Random } from './random.ts'

/**
 * The ways in which values at the edge are drawn, for the law that finite numbers give finite numbers:
 *
 * - `far`: each of 0, 1, 1e3, 1e4 and their negatives
 * - `same`: one of these everywhere: equal logits, no variance
 * - `sameRows`: one of these for each row
 * - `certain`: rows of zeros with one 1, probabilities 0 and 1
 */
export const extremes = ['same', 'far', 'sameRows', 'certain'] as const

export type Extreme = (typeof extremes)[number]

const values = [0, 1, -1, 1e3, -1e3, 1e4, -1e4]

/** Values for a shape, its last axis being the row. */
export function drawExtreme(kind: Extreme, shape: readonly number[], random: Random): Float64Array {
  const length = shape.reduce((count, size) => count * size, 1)
  const width = Math.max(shape.at(-1) ?? 1, 1)
  const pick = () => values[random.below(values.length)] ?? 0
  switch (kind) {
    case 'same': {
      const value = pick()
      return new Float64Array(length).fill(value)
    }
    case 'far':
      return Float64Array.from({ length }, pick)
    case 'sameRows': {
      const rows = Array.from({ length: Math.ceil(length / width) }, pick)
      return Float64Array.from({ length }, (_, position) => rows[Math.floor(position / width)] ?? 0)
    }
    case 'certain': {
      const ones = Array.from({ length: Math.ceil(length / width) }, () => random.below(width))
      return Float64Array.from({ length }, (_, position) =>
        position % width === ones[Math.floor(position / width)] ? 1 : 0,
      )
    }
  }
}
