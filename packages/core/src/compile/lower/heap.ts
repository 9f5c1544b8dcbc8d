import { element } from './element.ts'

/** A queue from which the smallest comes out first. */
export interface Heap<T> {
  readonly push: (item: T) => void
  readonly pop: () => T | undefined
}

/** An empty heap ordered by a number of its items. */
export function heapBy<T>(rank: (item: T) => number): Heap<T> {
  const items: T[] = []
  const before = (a: number, b: number): boolean => rank(element(items, a)) < rank(element(items, b))
  const swap = (a: number, b: number): void => {
    const held = element(items, a)
    items[a] = element(items, b)
    items[b] = held
  }
  const smallestOf = (at: number): number => {
    let smallest = at
    for (const child of [2 * at + 1, 2 * at + 2])
      if (child < items.length && before(child, smallest)) smallest = child
    return smallest
  }
  return {
    push: (item) => {
      items.push(item)
      for (let at = items.length - 1; at > 0 && before(at, (at - 1) >> 1); at = (at - 1) >> 1)
        swap(at, (at - 1) >> 1)
    },
    pop: () => {
      if (items.length === 0) return undefined
      swap(0, items.length - 1)
      const item = items.pop()
      for (let at = 0, next = smallestOf(at); next !== at; at = next, next = smallestOf(at)) swap(at, next)
      return item
    },
  }
}
