import { nowhere, weighted, type Access, type AxisAccess } from './access.ts'
import { element } from './element.ts'

const nonUnits = (shape: readonly number[]): readonly number[] =>
  [...shape.keys()].filter((axis) => shape[axis] !== 1)

/**
 * For each axis of `from` of a size above 1 the axes of `to`, another shape of the same elements, that it is split
 * into; `undefined` if one of `to` has several of them merged.
 */
function splits(
  from: readonly number[],
  to: readonly number[],
): ReadonlyMap<number, readonly number[]> | undefined {
  const found = new Map<number, readonly number[]>()
  const parts = nonUnits(to)
  let next = 0
  for (const axis of nonUnits(from)) {
    const size = element(from, axis)
    const first = next
    let product = 1
    while (product < size && next < parts.length) product *= element(to, element(parts, next++))
    if (product !== size) return undefined
    found.set(axis, parts.slice(first, next))
  }
  return found
}

/** Whether each axis of a shape is at most split into several where its elements are taken in another shape. */
export const onlySplits = (from: readonly number[], to: readonly number[]): boolean =>
  from.includes(0) || splits(from, to) !== undefined

/** Where an access to a tensor in shape `to` goes in shape `from`; `undefined` where axes are merged. */
export function regroup(
  access: Access,
  from: readonly number[],
  to: readonly number[],
  rank: number,
): Access | undefined {
  if (from.includes(0)) return from.map(() => nowhere(rank))
  const groups = splits(from, to)
  return groups && from.map((_, axis) => joined(access, groups.get(axis) ?? [], to, rank))
}

function joined(access: Access, axes: readonly number[], sizes: readonly number[], rank: number): AxisAccess {
  let weight = 1
  const parts: (readonly [AxisAccess, number])[] = []
  for (const axis of axes.toReversed()) {
    parts.push([element(access, axis), weight])
    weight *= element(sizes, axis)
  }
  return weighted(parts, rank)
}
