import { isLeft, right, type Either } from '#fp/Either'

/** A thing with its parts, and how it is put together again from what has been made of them. */
export interface Opened<A, B, E> {
  readonly parts: readonly A[]
  readonly close: (made: readonly B[]) => Either<E, B>
}

/** How to go about things made of things. */
export interface Assembly<A, B, E> {
  readonly open: (thing: A) => Either<E, Opened<A, B, E>>
  /** What a thing is known by: of things known by the same object only the first is opened. */
  readonly identity: (thing: A) => unknown
  readonly deepest: number
  /** The failure for a thing nested in itself, or in `deepest` others. */
  readonly endless: (thing: A) => Either<E, never>
}

interface Frame<A, B, E> extends Opened<A, B, E> {
  readonly thing: A
  readonly made: B[]
}

/**
 * Makes something of a thing and its parts, innermost first, without recursion: a deep thing does not overflow the
 * stack, and what is contained twice is made once.
 */
export function assemble<A, B, E>(whole: A, assembly: Assembly<A, B, E>): Either<E, B> {
  const { open, identity, deepest, endless } = assembly
  const known = new Map<unknown, B>()
  const unfinished = new Set([identity(whole)])
  const first = open(whole)
  if (isLeft(first)) return first
  const stack: Frame<A, B, E>[] = [{ ...first.right, thing: whole, made: [] }]
  for (;;) {
    const frame = stack.at(-1)
    if (frame === undefined) throw new Error('assemble: there is nothing to make')
    const next = frame.parts[frame.made.length]
    if (next !== undefined) {
      const found = known.get(identity(next))
      if (found !== undefined) {
        frame.made.push(found)
        continue
      }
      if (stack.length === deepest || unfinished.has(identity(next))) return endless(next)
      const opened = open(next)
      if (isLeft(opened)) return opened
      unfinished.add(identity(next))
      stack.push({ ...opened.right, thing: next, made: [] })
      continue
    }
    const made = frame.close(frame.made)
    if (isLeft(made)) return made
    unfinished.delete(identity(frame.thing))
    known.set(identity(frame.thing), made.right)
    stack.pop()
    const outer = stack.at(-1)
    if (outer === undefined) return right(made.right)
    outer.made.push(made.right)
  }
}
