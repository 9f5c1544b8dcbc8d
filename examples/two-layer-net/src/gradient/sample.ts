import { randomUniform, toArray, type Key } from '@pullback/core'

/** Nets of more parameters than these are checked by a sample. */
export const mostParameters = 1000

/** How many parameters of each tensor such a sample has. */
export const sampleSize = 100

/**
 * Which elements of a tensor are checked: all, or one drawn from each of `sampleSize` about equally long stretches.
 *
 * @param size how many elements the tensor has
 * @param whole whether all are checked
 * @param key of the draw
 */
export function sample(size: number, whole: boolean, key: Key): readonly number[] {
  if (whole || size <= sampleSize) return Array.from({ length: size }, (_, position) => position)
  const draws = toArray(randomUniform(key, [sampleSize], 'float64'))
  const start = (stretch: number): number => Math.floor((stretch * size) / sampleSize)
  return Array.from(draws, (draw, stretch) =>
    Math.floor(start(stretch) + draw * (start(stretch + 1) - start(stretch))),
  )
}
