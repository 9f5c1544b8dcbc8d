import type { InPlace } from './carrying.ts'
import { tasksOf, type Group } from './group.ts'
import { heapBy } from './heap.ts'

/** Kernels in the order in which they run, and the carried outputs that they write in place in this order. */
export interface Schedule {
  readonly groups: readonly Group[]
  readonly inPlace: readonly InPlace[]
}

function neededBy(group: Group): ReadonlySet<Group> {
  const needed = new Set<Group>()
  for (const task of tasksOf(group)) {
    for (const cell of task.reads)
      for (const writer of cell.writers) if (writer.group) needed.add(writer.group)
    for (const other of task.after) if (other.group) needed.add(other.group)
  }
  needed.delete(group)
  return needed
}

const isCheck = ({ head }: Group): boolean => head?.kind === 'check'

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

/**
 * Orders kernels: each after what it needs, checks as early as can be, and what is written over an input after all
 * checks and all that reads the input; where this cannot be, the output is not written in place.
 */
export function schedule(groups: readonly Group[], wishes: readonly InPlace[]): Schedule {
  const followers = new Map<Group, Group[]>()
  const needs = new Map<Group, number>()
  const wishesOf = new Map<Group, InPlace[]>()
  const readWishes = new Map<Group, InPlace[]>()
  const unread = new Map(wishes.map((wish) => [wish, wish.readers.length]))
  let checks = groups.filter(isCheck).length
  for (const wish of wishes) {
    push(wishesOf, wish.group, wish)
    for (const reader of wish.readers) push(readWishes, reader, wish)
  }
  const ready = heapBy<Group>((group) => (isCheck(group) ? -1 : group.position))
  const postponed = heapBy<Group>(({ position }) => position)
  const refused = new Set<InPlace>()
  const done = new Set<Group>()
  for (const group of groups) {
    const needed = neededBy(group)
    needs.set(group, needed.size)
    for (const one of needed) push(followers, one, group)
    if (needed.size === 0) ready.push(group)
  }
  const isGranted = (wish: InPlace): boolean => checks === 0 && unread.get(wish) === 0
  const order: Group[] = []
  const run = (group: Group): void => {
    order.push(group)
    done.add(group)
    const freed: Group[] = []
    for (const wish of readWishes.get(group) ?? []) {
      unread.set(wish, (unread.get(wish) ?? 0) - 1)
      freed.push(wish.group)
    }
    if (isCheck(group) && --checks === 0) freed.push(...wishesOf.keys())
    for (const follower of followers.get(group) ?? []) {
      const left = (needs.get(follower) ?? 0) - 1
      needs.set(follower, left)
      if (left === 0) ready.push(follower)
    }
    for (const one of freed) if (needs.get(one) === 0 && !done.has(one)) ready.push(one)
  }
  while (order.length < groups.length) {
    const group = ready.pop()
    if (group !== undefined) {
      if (done.has(group)) continue
      if ((wishesOf.get(group) ?? []).every(isGranted)) run(group)
      else postponed.push(group)
      continue
    }
    const forced = postponed.pop()
    if (forced === undefined) throw new Error('the kernels of a plan need each other')
    if (done.has(forced)) continue
    for (const wish of wishesOf.get(forced) ?? []) if (!isGranted(wish)) refused.add(wish)
    run(forced)
  }
  return { groups: order, inPlace: wishes.filter((wish) => !refused.has(wish)) }
}
