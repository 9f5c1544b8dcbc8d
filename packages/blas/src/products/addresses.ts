/** A WebAssembly memory, or what has a buffer like one. */
export interface Memory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer
}

/** Positions in a memory as addresses of the process. */
export interface Addresses {
  /** The address of a position, of which this many bytes are wanted; undefined where they are not all in the memory. */
  readonly at: (position: number, bytes: number) => bigint | undefined
  readonly size: () => number
}

/** So many addresses are kept at most; a program has a handful for each of its products. */
const kept = 2 ** 16

/**
 * Keeps the addresses it was asked for, so that to ask again puts nothing on the heap.
 *
 * A memory that grows may move where the engine could not reserve its maximum. A view of it is then detached and has
 * length 0, so that the comparison which has to be made anyway tells; a shared memory never moves.
 */
export function addresses(memory: Memory, addressOf: (view: Uint8Array) => bigint): Addresses {
  let view = new Uint8Array(memory.buffer)
  let base = addressOf(view)
  const known = new Map<number, bigint>()

  const grown = (end: number): boolean => {
    view = new Uint8Array(memory.buffer)
    const now = addressOf(view)
    if (now !== base) known.clear()
    base = now
    return end <= view.length
  }
  const computed = (position: number): bigint => {
    if (known.size >= kept) known.clear()
    const address = base + BigInt(position)
    known.set(position, address)
    return address
  }
  return {
    at: (position, bytes) =>
      position + bytes <= view.length || grown(position + bytes)
        ? (known.get(position) ?? computed(position))
        : undefined,
    size: () => view.length,
  }
}
