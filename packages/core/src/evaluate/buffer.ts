import { allocate, type TypedArray } from '../tensor/dtype.ts'
import type { AnyTensor } from '../tensor/tensor.ts'

/** An array that one or more buffers look into: a reshape shares the array of its operand. */
export interface Storage {
  /** Whether the evaluation made the array, so that it may write over it; constants and bindings are not its own. */
  readonly owned: boolean
  /** How often the array is still to be read. */
  readers: number
}

/**
 * The elements of a computed tensor. Element `p` is `data[floor(p / repeat) % data.length]`, so that a bias repeated
 * for every row and a maximum repeated along its row need no copies; a dense buffer repeats once and has all elements.
 */
export interface Buffer {
  readonly data: TypedArray
  readonly length: number
  readonly repeat: number
  readonly storage: Storage
}

export const denseBuffer = (data: TypedArray, owned: boolean): Buffer => ({
  data,
  length: data.length,
  repeat: 1,
  storage: { owned, readers: 0 },
})

export const isDense = (buffer: Buffer): boolean => buffer.data.length === buffer.length

/** All elements of a tensor in row-major order; the buffer's own array if it is dense. */
export function densify(buffer: Buffer, { dtype, shape }: AnyTensor): TypedArray {
  if (isDense(buffer)) return buffer.data
  const { data, length, repeat } = buffer
  const out = allocate(dtype, length, shape)
  const [first = 0] = data
  if (data.length === 1) return out.fill(first)
  let written = data.length * repeat
  if (repeat === 1) out.set(data)
  else
    for (let at = 0, from = 0; at < written; at += repeat, from++) out.fill(data[from] ?? 0, at, at + repeat)
  for (; written < length; written *= 2) out.copyWithin(written, 0, Math.min(written, length - written))
  return out
}
