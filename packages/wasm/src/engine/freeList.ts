/** A stretch of memory, in bytes. */
export interface Extent {
  readonly address: number
  readonly bytes: number
}

/** The free stretches of memory: sorted by address, none empty, no two of them neighbours. */
export interface FreeList {
  /** The address of so many bytes, taken from the smallest stretch that has them, or undefined if none has. */
  readonly take: (bytes: number) => number | undefined
  /** Gives back a stretch that was taken, or adds one that is new. */
  readonly give: (extent: Extent) => void
  /** How many bytes are free at the very end of a memory of that size. */
  readonly freeAtEnd: (end: number) => number
  readonly freeBytes: () => number
}

export function freeList(): FreeList {
  const free: { address: number; bytes: number }[] = []

  /** The position of the first stretch behind an address. */
  const behind = (address: number): number => {
    let from = 0
    let to = free.length
    while (from < to) {
      const middle = (from + to) >> 1
      if ((free[middle]?.address ?? 0) > address) to = middle
      else from = middle + 1
    }
    return from
  }

  return {
    take(bytes) {
      let best = -1
      let bestBytes = Infinity
      for (const [position, { bytes: size }] of free.entries())
        if (size >= bytes && size < bestBytes) {
          best = position
          bestBytes = size
        }
      const found = free[best]
      if (found === undefined) return undefined
      const { address } = found
      if (found.bytes === bytes) free.splice(best, 1)
      else {
        found.address += bytes
        found.bytes -= bytes
      }
      return address
    },
    give({ address, bytes }) {
      const position = behind(address)
      const before = free[position - 1]
      const after = free[position]
      const joinsBefore = before !== undefined && before.address + before.bytes === address
      const joinsAfter = after !== undefined && address + bytes === after.address
      if (joinsBefore) {
        before.bytes += bytes + (joinsAfter ? after.bytes : 0)
        if (joinsAfter) free.splice(position, 1)
      } else if (joinsAfter) {
        after.address = address
        after.bytes += bytes
      } else free.splice(position, 0, { address, bytes })
    },
    freeAtEnd(end) {
      const last = free.at(-1)
      return last !== undefined && last.address + last.bytes === end ? last.bytes : 0
    },
    freeBytes: () => free.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}
