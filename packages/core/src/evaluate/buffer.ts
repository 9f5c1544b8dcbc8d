import { allocate, type Dtype, type TypedArray } from '../tensor/dtype.ts'

/**
 * The elements of a computed tensor. Element `p` is `data[floor(p / repeat) % data.length]`, so that a bias repeated
 * for every row and a maximum repeated along its row need no copies; a dense buffer repeats once and has all elements.
 */
export interface Buffer {
  readonly data: TypedArray
  readonly length: number
  readonly repeat: number
  /** Whether nobody else holds `data`, so that the last operation to read it may write into it. */
  readonly owned: boolean
}

export const denseBuffer = (data: TypedArray, owned: boolean): Buffer => ({
  data,
  length: data.length,
  repeat: 1,
  owned,
})

const isDense = (buffer: Buffer): boolean => buffer.data.length === buffer.length

/** For how many elements from any multiple of it on the buffer is read with one step. */
const runOf = (buffer: Buffer): number => {
  if (isDense(buffer) || buffer.data.length === 1) return buffer.length
  return buffer.repeat > 1 ? buffer.repeat : buffer.data.length
}

/** The step between elements within a run: 0 while one element is repeated. */
export const stepOf = (buffer: Buffer): number =>
  isDense(buffer) || (buffer.repeat === 1 && buffer.data.length > 1) ? 1 : 0

/** Where in `data` the element at `position` is. */
export const positionIn = (buffer: Buffer, position: number): number =>
  isDense(buffer) ? position : Math.floor(position / buffer.repeat) % buffer.data.length

const shortestRun = 16

/** The operands of an elementwise loop and the length of its runs; operands that would run too short are copied out. */
export function alignRuns(
  buffers: readonly Buffer[],
  dtypeOf: (index: number) => Dtype,
): {
  readonly operands: readonly Buffer[]
  readonly run: number
} {
  const length = buffers[0]?.length ?? 0
  const runs = new Set(buffers.map(runOf).filter((run) => run < length))
  const [run = length, ...others] = runs
  if (others.length === 0 && (run === length || run >= shortestRun)) return { operands: buffers, run }
  return {
    operands: buffers.map((buffer, index) => denseBuffer(densify(buffer, dtypeOf(index)), false)),
    run: length,
  }
}

/** All elements in row-major order; the buffer's own array if it is dense. */
export function densify(buffer: Buffer, dtype: Dtype): TypedArray {
  if (isDense(buffer)) return buffer.data
  const { data, length, repeat } = buffer
  const out = allocate(dtype, length)
  if (data.length === 1) return out.fill(data[0] ?? 0)
  const period = data.length * repeat
  let target = 0
  for (const value of data) out.fill(value, target, (target += repeat))
  for (; target < length; target += period) out.copyWithin(target, 0, Math.min(period, length - target))
  return out
}
