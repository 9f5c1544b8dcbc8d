import type { Backend, Executable } from './backend.ts'
import { TooLong } from './lower/positions.ts'
import type { Program } from './program.ts'

/** A program that is kept only because it may be of use again. */
export interface Droppable {
  readonly backend: Backend
  readonly executable: Executable
  /** Takes it from whoever keeps it. */
  readonly forget: () => void
}

// Those used last come last. The programs of a layer go when it goes, so that they are not held here.
const kept = new Set<WeakRef<Droppable>>()
const references = new WeakMap<Droppable, WeakRef<Droppable>>()

/** Lets a program be dropped when there is no room for another: the later, the later it was told of. */
export function mayDrop(program: Droppable): void {
  const reference = references.get(program) ?? new WeakRef(program)
  references.set(program, reference)
  kept.delete(reference)
  kept.add(reference)
}

/** Drops a program and frees its memory. */
export function drop(program: Droppable): void {
  const reference = references.get(program)
  if (reference !== undefined) kept.delete(reference)
  program.forget()
  program.executable.release?.()
}

function dropOldest(backend: Backend): boolean {
  for (const reference of kept) {
    const program = reference.deref()
    if (program === undefined) kept.delete(reference)
    else if (program.backend === backend && program.executable.release !== undefined) {
      drop(program)
      return true
    }
  }
  return false
}

/**
 * Prepares a program. Where the memory of the backend has no room for it, kept programs are dropped, the one that was
 * not used for longest first, until there is.
 *
 * @throws RangeError if there is no room even then
 */
export function prepareMakingRoom(backend: Backend, program: Program): Executable {
  for (;;)
    try {
      return backend.prepare(program)
    } catch (error) {
      const lacksRoom = error instanceof RangeError && !(error instanceof TooLong)
      if (!(lacksRoom && dropOldest(backend))) throw error
    }
}
