/** Mean and standard deviation of every column of a row-major table with at least one row, in float64, two passes. */
export function columnStatistics(
  values: ArrayLike<number>,
  columns: number,
): { readonly mean: Float64Array; readonly std: Float64Array } {
  const mean = new Float64Array(columns)
  const variance = new Float64Array(columns)
  const varies = new Uint8Array(columns)
  const rows = columns === 0 ? 0 : values.length / columns
  for (let from = 0; from < values.length; from += columns)
    for (let column = 0; column < columns; column++) {
      const value = values[from + column]!
      mean[column]! += value
      if (value !== values[column]!) varies[column] = 1
    }
  for (let column = 0; column < columns; column++)
    // The rounded mean of equal values need not equal them, so that their deviation would be tiny instead of 0.
    mean[column] = varies[column] === 1 ? mean[column]! / rows : values[column]!
  for (let from = 0; from < values.length; from += columns)
    for (let column = 0; column < columns; column++) {
      const deviation = values[from + column]! - mean[column]!
      variance[column]! += deviation * deviation
    }
  return { mean, std: variance.map((total) => Math.sqrt(total / rows)) }
}
