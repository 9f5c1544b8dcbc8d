import { allocate } from '../tensor/dtype.ts'
import { elementCount } from '../tensor/shape.ts'
import { alignRuns, denseBuffer, positionIn, stepOf, type Buffer } from './buffer.ts'
import { whereLoop, type Loop1, type Loop2 } from './kernels/elementwise.ts'
import { operandOf, type Step } from './step.ts'

function inRuns(
  step: Step,
  loop: (out: Buffer, at: number, run: number, operands: readonly Buffer[]) => void,
): Buffer {
  const length = elementCount(step.tensor.shape)
  const out = denseBuffer(step.reusable ?? allocate(step.tensor.dtype, length), true)
  const { operands, run } = alignRuns(step.buffers, (index) => operandOf(step, index).dtype)
  for (let at = 0; at < length; at += run) loop(out, at, run, operands)
  return out
}

const missing = (step: Step): Error => new Error(`${step.tensor.expression.op} lacks an operand`)

/** Runs a loop of one operand over a whole tensor. */
export function elementwise1(step: Step, loop: Loop1): Buffer {
  return inRuns(step, (out, at, run, [a]) => {
    if (a === undefined) throw missing(step)
    loop(out.data, at, run, a.data, positionIn(a, at), stepOf(a))
  })
}

/** Runs a loop of two operands over a whole tensor. */
export function elementwise2(step: Step, loop: Loop2): Buffer {
  return inRuns(step, (out, at, run, [a, b]) => {
    if (a === undefined || b === undefined) throw missing(step)
    loop(out.data, at, run, a.data, positionIn(a, at), stepOf(a), b.data, positionIn(b, at), stepOf(b))
  })
}

/** Chooses between two operands by a third over a whole tensor. */
export function elementwiseWhere(step: Step): Buffer {
  return inRuns(step, (out, at, run, [c, a, b]) => {
    if (a === undefined || b === undefined || c === undefined) throw missing(step)
    const choose = { data: c.data, from: positionIn(c, at), step: stepOf(c) }
    const yes = { data: a.data, from: positionIn(a, at), step: stepOf(a) }
    const no = { data: b.data, from: positionIn(b, at), step: stepOf(b) }
    whereLoop(out.data, at, run, choose, yes, no)
  })
}
