import { randomUniform, toArray, type Key } from '@pullback/core'

/**
 * The integers from 0 to `count` - 1 in random order, a function of the key alone: R. Durstenfeld, "Algorithm 235:
 * Random permutation", Communications of the ACM 7 (1964), after R. Fisher and F. Yates.
 */
export function permutation(key: Key, count: number): Int32Array {
  const draws = toArray(randomUniform(key, [count], 'float64'))
  const order = Int32Array.from({ length: count }, (_, position) => position)
  for (let last = count - 1; last > 0; last--) {
    const chosen = Math.floor((draws[last] ?? 0) * (last + 1))
    const moved = order[chosen] ?? 0
    order[chosen] = order[last] ?? 0
    order[last] = moved
  }
  return order
}
