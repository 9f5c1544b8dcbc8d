import { densify, denseBuffer, isDense, type Buffer } from './buffer.ts'
import type { Loop2 } from './kernels/binary.ts'
import type { Loop1 } from './kernels/unary.ts'
import { whereLoop, type Source } from './kernels/where.ts'
import { bufferOf, operandOf, roomLike, type Step } from './step.ts'

const isSingle = (buffer: Buffer): boolean => buffer.data.length === 1

/**
 * The buffer whose repetition the result of an elementwise rule shares, or `undefined` if the operands repeat in
 * different ways; single elements go with all.
 */
function commonPattern(buffers: readonly Buffer[]): Buffer | undefined {
  let common: Buffer | undefined
  for (const buffer of buffers) {
    if (isSingle(buffer)) continue
    if (common === undefined) common = buffer
    else if (common.data.length !== buffer.data.length || common.repeat !== buffer.repeat) return undefined
  }
  return common ?? buffers[0]
}

const shortestRun = 16

/** For how many elements from any multiple of it on a buffer is read with one step. */
function runOf(buffer: Buffer): number {
  if (isDense(buffer) || isSingle(buffer)) return buffer.length
  return buffer.repeat > 1 ? buffer.repeat : buffer.data.length
}

/** The length of the runs that all buffers have in common, or 0 if there is none worth a loop. */
function commonRun(buffers: readonly Buffer[]): number {
  const [length = 0] = buffers.map((buffer) => buffer.length)
  const [run = length, ...others] = new Set(buffers.map(runOf).filter((run) => run < length))
  return others.length === 0 && (run >= shortestRun || run === length) ? run : 0
}

/** Where a loop reads a buffer from element `position` on, the first of a run. */
function sourceAt(buffer: Buffer, position: number): Source {
  const { data, repeat } = buffer
  if (isDense(buffer)) return { data, from: position, step: 1 }
  if (isSingle(buffer)) return { data, from: 0, step: 0 }
  return { data, from: Math.floor(position / repeat) % data.length, step: repeat > 1 ? 0 : 1 }
}

/** Runs a loop of one operand over the elements that differ. */
export function elementwise1(step: Step, loop: Loop1): Buffer {
  const a = bufferOf(step, 0)
  const count = a.data.length
  const out = roomLike(step, a, count)
  loop(out.data, a.data, count)
  return out
}

/** Runs a loop over operands that repeat in different ways, run by run. */
function inRuns(
  step: Step,
  loop: (out: Buffer, at: number, run: number, sources: readonly Source[]) => void,
): Buffer {
  const { length } = bufferOf(step, 0)
  const out = roomLike(step, { length, repeat: 1 }, length)
  const common = commonRun(step.buffers)
  const operands =
    common > 0
      ? step.buffers
      : step.buffers.map((buffer, index) =>
          isSingle(buffer) ? buffer : denseBuffer(densify(buffer, operandOf(step, index)), false),
        )
  const run = common > 0 ? common : length
  for (let at = 0; at < length; at += run)
    loop(
      out,
      at,
      run,
      operands.map((operand) => sourceAt(operand, at)),
    )
  return out
}

const missing = (step: Step): Error => new Error(`${step.tensor.expression.op} lacks an operand`)

/** Runs a loop of two operands over the elements that differ. */
export function elementwise2(step: Step, loop: Loop2): Buffer {
  const pattern = commonPattern(step.buffers)
  if (pattern !== undefined) {
    const a = bufferOf(step, 0)
    const b = bufferOf(step, 1)
    const count = pattern.data.length
    const out = roomLike(step, pattern, count)
    loop(
      out.data,
      0,
      count,
      a.data,
      0,
      a.data.length === count ? 1 : 0,
      b.data,
      0,
      b.data.length === count ? 1 : 0,
    )
    return out
  }
  return inRuns(step, (out, at, run, [a, b]) => {
    if (a === undefined || b === undefined) throw missing(step)
    loop(out.data, at, run, a.data, a.from, a.step, b.data, b.from, b.step)
  })
}

/** Chooses between two operands by a third over a whole tensor. */
export function elementwiseWhere(step: Step): Buffer {
  const pattern = commonPattern(step.buffers)
  const choose = (out: Buffer, at: number, count: number, [c, a, b]: readonly Source[]) => {
    if (a === undefined || b === undefined || c === undefined) throw missing(step)
    whereLoop(out.data, at, count, c, a, b)
  }
  if (pattern === undefined) return inRuns(step, choose)
  const count = pattern.data.length
  const out = roomLike(step, pattern, count)
  const sources = step.buffers.map(({ data }) => ({ data, from: 0, step: data.length === count ? 1 : 0 }))
  choose(out, 0, count, sources)
  return out
}
