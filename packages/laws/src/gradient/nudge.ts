import { add, elementCount, fromValues, isFloat, type AnyTensor, type Op } from '@pullback/core'
import type { Adjust } from '../numeric/stacked.ts'
import { drawn } from './draw.ts'

/** In how many ways the kinks of a function are moved. */
export const nudges = 12

/** How far: less than values usually differ by, more than the finest differences need. */
const distance = 2e-3

const kinked: ReadonlySet<Op> = new Set<Op>([
  'abs',
  'sign',
  'maximum',
  'minimum',
  'max',
  'min',
  'argmax',
  'equal',
  'notEqual',
  'less',
  'lessEqual',
  'greater',
  'greaterEqual',
])

/** How far each of `size` elements is moved: all up, all down, the first up, the last up, and at random. */
function offsets(nudge: number, size: number, salt: number): Float64Array {
  const falling = Float64Array.from({ length: size }, (_, position) => 1 - (position + 0.5) / size)
  const ways = [falling.map(() => 1), falling.map(() => -1), falling, falling.map((share) => 1 - share)]
  return (ways[nudge] ?? drawn(nudge, salt, size)).map((share) => share * distance)
}

/**
 * Adds a little to the first operand of every primitive that has a kink, so that each kink is passed on one side or the
 * other: the derivatives that the chain rule may give at a point where several kinks meet.
 */
export const nudging = (nudge: number): Adjust => {
  let salt = 0
  let last: AnyTensor | undefined
  return (tensor, operand, position) => {
    if (!kinked.has(tensor.expression.op) || !isFloat(operand.dtype) || tensor === last) return operand
    if (position > 0 && tensor.expression.op !== 'maximum' && tensor.expression.op !== 'minimum')
      return operand
    last = tensor
    salt += 1
    const [, ...shape] = operand.shape
    const size = elementCount(shape)
    return add(operand, fromValues(offsets(nudge, size, salt), shape, operand.dtype))
  }
}
