import { element } from './element.ts'

/** Memory that buffers share, each for a while. */
export interface Arena {
  /** Where so many bytes are free, taken. */
  readonly take: (bytes: number) => number
  readonly give: (offset: number, bytes: number) => void
  /** How large it has had to become. */
  readonly size: () => number
}

interface Block {
  readonly offset: number
  readonly bytes: number
}

const alignment = 64

const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment

/** An arena in which each buffer takes the smallest free block that it fits in. */
export function arena(): Arena {
  /** Free blocks in the order of their places, no two next to each other. */
  const free: Block[] = []
  let size = 0
  const bestFit = (bytes: number): number => {
    let best = -1
    for (const [index, block] of free.entries())
      if (block.bytes >= bytes && (best < 0 || block.bytes < element(free, best).bytes)) best = index
    return best
  }
  const grow = (bytes: number): number => {
    const last = free.at(-1)
    const isLast = last !== undefined && last.offset + last.bytes === size
    const offset = isLast ? last.offset : size
    if (isLast) free.pop()
    size = offset + bytes
    return offset
  }
  return {
    take: (wanted) => {
      const bytes = aligned(wanted)
      if (bytes === 0) return 0
      const index = bestFit(bytes)
      if (index < 0) return grow(bytes)
      const { offset, bytes: found } = element(free, index)
      const rest = found === bytes ? [] : [{ offset: offset + bytes, bytes: found - bytes }]
      free.splice(index, 1, ...rest)
      return offset
    },
    give: (offset, wanted) => {
      const bytes = aligned(wanted)
      if (bytes === 0) return
      const after = free.findIndex((block) => block.offset > offset)
      const at = after < 0 ? free.length : after
      const [before, behind] = [free[at - 1], free[at]]
      const joinsBefore = before !== undefined && before.offset + before.bytes === offset
      const joinsBehind = behind !== undefined && behind.offset === offset + bytes
      const from = joinsBefore ? before.offset : offset
      const to = joinsBehind ? behind.offset + behind.bytes : offset + bytes
      const first = joinsBefore ? at - 1 : at
      free.splice(first, Number(joinsBefore) + Number(joinsBehind), { offset: from, bytes: to - from })
    },
    size: () => size,
  }
}
