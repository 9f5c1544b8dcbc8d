import { fold, permutation, toArray, type Float, type Key } from '@pullback/core'
import type { Dataset } from './dataset.ts'
import { subset } from './subset.ts'

/** How a set is split. */
export interface SplitOptions {
  /** Split every class by the same fractions, so that all parts have the classes in one proportion. */
  readonly stratified?: boolean
}

/** Where each part ends, as a share of the whole. */
function cumulative(fractions: readonly number[]): readonly number[] {
  let sum = 0
  const bounds = fractions.map((fraction) => (sum += fraction))
  if (fractions.some((fraction) => !(fraction >= 0)) || sum > 1 + 1e-9)
    throw new RangeError(`split: ${fractions.join(' + ')} are not fractions of at most 1 in total`)
  return bounds
}

/** Which part each of the examples goes to, those of one group dealt in the order given; -1 for none. */
function deal(order: Int32Array, groups: ArrayLike<number>, bounds: readonly number[]): Int32Array {
  const members = new Map<number, number[]>()
  for (const position of order) {
    const group = groups[position] ?? 0
    const others = members.get(group)
    if (others === undefined) members.set(group, [position])
    else others.push(position)
  }
  const parts = new Int32Array(order.length)
  for (const positions of members.values()) {
    const ends = bounds.map((bound) => Math.round(positions.length * bound))
    for (const [place, position] of positions.entries())
      parts[position] = ends.findIndex((end) => place < end)
  }
  return parts
}

/**
 * The set dealt at random into named parts, a function of the key alone; no example is in two parts.
 *
 * Of N examples (of each class, if stratified) the parts end at round(N f1), round(N (f1 + f2)), ...; where the
 * fractions add up to less than 1 the rest is left out. Within a part the examples are in random order.
 *
 * @param fractions for each part its share of the set, from 0 to 1
 * @param key of the draw
 * @throws RangeError if a fraction is negative or they add up to more than 1
 * @example
 * const { train, validation } = split(xor(seed(0), { points: 100 }), { train: 0.8, validation: 0.2 }, seed(1))
 * const sizes = [train.size, validation.size]
 * sizes // => [80, 20]
 */
export function split<D extends Float, Part extends string>(
  data: Dataset<D>,
  fractions: Readonly<Record<Part, number>>,
  key: Key,
  { stratified = false }: SplitOptions = {},
): Readonly<Record<Part, Dataset<D>>> {
  const names = Object.keys(fractions) as Part[]
  const bounds = cumulative(names.map((name) => fractions[name]))
  const order = permutation(fold(key, 'split'), data.size)
  const parts = deal(order, stratified ? toArray(data.labels) : [], bounds)
  const entries = names.map((name, part) => [
    name,
    subset(
      data,
      order.filter((position) => parts[position] === part),
    ),
  ])
  return Object.fromEntries(entries) as Record<Part, Dataset<D>>
}
