/**
 * Adds up every row of samples weighted by each cotangent, and the sizes of what is added.
 *
 * @param samples rows of `width` outputs
 * @param cotangents rows of `width` weights, one for each sum
 * @param sums for every row one sum for each cotangent
 * @param magnitudes of the same form: sum |w| max(floor, |output|)
 */
export function project(
  samples: Float64Array,
  width: number,
  cotangents: Float64Array,
  floor: number,
  sums: Float64Array,
  magnitudes: Float64Array,
): void {
  const count = width === 0 ? 0 : cotangents.length / width
  let target = 0
  for (let row = 0; row < samples.length; row += width)
    for (let cotangent = 0; cotangent < count; cotangent++) {
      let sum = 0
      let magnitude = 0
      for (let output = 0; output < width; output++) {
        const weight = cotangents[cotangent * width + output]!
        if (weight === 0) continue
        const sample = samples[row + output]!
        sum += weight * sample
        magnitude += Math.abs(weight) * Math.max(floor, Math.abs(sample))
      }
      sums[target] = sum
      magnitudes[target++] = magnitude
    }
}
