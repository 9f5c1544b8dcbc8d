/**
 * Writes the points `at + t v`, one for every direction and offset, the offsets of the first direction first.
 *
 * @param directions as many values as `at` has for each direction, one direction after the other
 */
export function displace(
  at: Float64Array,
  directions: Float64Array,
  offsets: Float64Array,
  points: Float64Array,
): void {
  const size = at.length
  if (size === 0) return
  let target = 0
  for (let from = 0; from < directions.length; from += size)
    for (let row = 0; row < offsets.length; row++) {
      const t = offsets[row]!
      for (let entry = 0; entry < size; entry++) points[target++] = at[entry]! + t * directions[from + entry]!
    }
}
