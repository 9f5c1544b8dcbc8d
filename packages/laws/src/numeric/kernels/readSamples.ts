/** Copies the samples of one output, and the magnitudes in which they were computed: at least `floor`. */
export function readSamples(
  samples: Float64Array,
  magnitudes: Float64Array,
  width: number,
  output: number,
  floor: number,
  phi: Float64Array,
  sizes: Float64Array,
): void {
  const known = magnitudes.length > 0
  for (let row = 0, at = output; row < phi.length; row++, at += width) {
    const sample = samples[at]!
    phi[row] = sample
    const size = known ? magnitudes[at]! : Math.max(floor, Math.abs(sample))
    sizes[row] = size < Infinity ? size : 0
  }
}
