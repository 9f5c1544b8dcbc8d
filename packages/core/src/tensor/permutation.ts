import { toArray } from '../evaluate/evaluate.ts'
import { randomUniform, type Key } from './random.ts'
import { checkSizes } from './shape.ts'

/**
 * The integers from 0 to `count` - 1 in random order, computed: a function of the key alone, every order equally likely.
 *
 * Source: R. Durstenfeld, "Algorithm 235: Random permutation", Communications of the ACM 7 (1964), after R. Fisher and
 * F. Yates.
 *
 * @param key of the draw; one key gives the same order every time
 * @param count how many there are, an integer from 0
 * @throws RangeError if it is not one
 * @example
 * permutation(seed(7), 4).toSorted() // => Int32Array.of(0, 1, 2, 3)
 */
export function permutation(key: Key, count: number): Int32Array {
  checkSizes('permutation', [count])
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
