import { allocate, type Dtype, type TypedArray } from '../tensor/dtype.ts'

/** Where the arrays of results come from during one evaluation. */
export interface Memory {
  /**
   * An array for a result, its elements anything: what a large array held before is still in it. `shape` is that of
   * the tensor, for the sentence if there is no room.
   */
  readonly take: (dtype: Dtype, length: number, shape?: readonly number[]) => TypedArray
  /** Hands back an array that nothing reads any more. */
  readonly give: (dtype: Dtype, array: TypedArray) => void
}

const smallest = 64
const mostKept = 8

/**
 * Memory that hands the last few arrays given back out again where dtype and length fit: the system takes longer to
 * provide a fresh large array than an addition takes to fill it. All others are left to the garbage collector.
 */
export function recyclingMemory(): Memory {
  const kept: { readonly dtype: Dtype; readonly array: TypedArray }[] = []
  return {
    take: (dtype, length, shape) => {
      const index =
        length < smallest
          ? -1
          : kept.findLastIndex((one) => one.array.length === length && one.dtype === dtype)
      const [found] = index < 0 ? [] : kept.splice(index, 1)
      return found === undefined ? allocate(dtype, length, shape) : found.array
    },
    give: (dtype, array) => {
      if (array.length < smallest) return
      kept.push({ dtype, array })
      if (kept.length > mostKept) kept.shift()
    },
  }
}
