import type { ExpressionOf } from '../tensor/expression.ts'
import type { Buffer } from './buffer.ts'
import { aroundAxis } from './movementRules.ts'
import { denseOperand, filled, operandOf, type Step } from './step.ts'

function checkedIndex(op: string, index: number, size: number): number {
  if (index < 0 || index >= size)
    throw new RangeError(`${op}: index ${index} is outside an axis of size ${size}`)
  return index
}

export function gatherRule({ axis }: ExpressionOf<'gather'>, step: Step): Buffer {
  const { outer, count, inner } = aroundAxis(operandOf(step, 0).shape, axis)
  const source = denseOperand(step, 0)
  const indices = denseOperand(step, 1)
  return filled(step, (out) => {
    let target = 0
    for (let group = 0; group < outer; group++)
      for (const index of indices) {
        const from = (group * count + checkedIndex('gather', index, count)) * inner
        for (let column = 0; column < inner; column++) out[target++] = source[from + column] ?? 0
      }
  })
}

export function scatterAddRule({ axis }: ExpressionOf<'scatterAdd'>, step: Step): Buffer {
  const { outer, count, inner } = aroundAxis(step.tensor.shape, axis)
  const source = denseOperand(step, 0)
  const indices = denseOperand(step, 1)
  return filled(step, (out) => {
    let from = 0
    for (let group = 0; group < outer; group++)
      for (const index of indices) {
        const to = (group * count + checkedIndex('scatterAdd', index, count)) * inner
        for (let column = 0; column < inner; column++, from++)
          out[to + column] = (out[to + column] ?? 0) + (source[from] ?? 0)
      }
  })
}

export function oneHotRule(step: Step): Buffer {
  const depth = step.tensor.shape.at(-1) ?? 0
  const indices = denseOperand(step, 0)
  return filled(step, (out) => {
    for (const [row, index] of indices.entries())
      if (index >= 0 && index < depth) out[row * depth + index] = 1
  })
}
