import { freeList } from '../engine/freeList.ts'
import { webAssembly, type WasmTable } from '../engine/webAssembly.ts'
import { mostPositions } from './jobWord.ts'
import type { Positions } from './message.ts'

/** The main thread's table of functions, and which of its positions are taken. */
export interface SharedTable {
  readonly table: WasmTable
  /**
   * The position of the first of so many functions; the table is long enough for them.
   *
   * @throws RangeError if there are too many
   */
  readonly take: (count: number) => number
  readonly give: (positions: Positions) => void
}

export function createTable(): SharedTable {
  if (webAssembly === undefined) throw new Error('the wasm backend needs an engine that has WebAssembly')
  const table = new webAssembly.Table({ element: 'anyfunc', initial: 0 })
  const free = freeList()
  free.give({ address: 0, bytes: mostPositions })
  return {
    table,
    take(count) {
      if (count === 0) return 0
      const position = free.take(count)
      if (position === undefined)
        throw new RangeError(
          `the wasm backend has room for ${mostPositions} stages of programs, of which ${free.freeBytes()} are free, ` +
            `but a program needs ${count} side by side: let programs go that are no longer needed, or make it smaller`,
        )
      if (table.length < position + count) table.grow(position + count - table.length)
      return position
    },
    give({ position, count }) {
      if (count === 0) return
      for (let at = position; at < position + count; at++) table.set(at, null)
      free.give({ address: position, bytes: count })
    },
  }
}
