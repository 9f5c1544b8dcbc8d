import type { Expression, Op } from '../../tensor/expression.ts'
import type { AnyTensor } from '../../tensor/tensor.ts'
import type { Values } from '../../tensor/values.ts'

const commutative: ReadonlySet<Op> = new Set<Op>([
  'add',
  'mul',
  'maximum',
  'minimum',
  'equal',
  'notEqual',
] as const)

/** Numbers for things, the same for the same thing, in the order in which they are first seen. */
function numbering<T>(): (thing: T) => number {
  const numbers = new Map<T, number>()
  return (thing) => {
    const known = numbers.get(thing)
    if (known !== undefined) return known
    numbers.set(thing, numbers.size)
    return numbers.size - 1
  }
}

const showNumber = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))

/**
 * A key for every tensor, the same for tensors that are sure to have the same elements: one primitive with equal
 * attributes on the same operands, those of `add` and its like in any order. Constants are the same if they have the
 * same box of values or are one number.
 */
export function sharing(): (tensor: AnyTensor) => string {
  const tensors = numbering<AnyTensor>()
  const boxes = numbering<Values>()
  const attributes = (expression: Expression): string => {
    if (expression.op === 'constant') {
      const { values } = expression
      return values.length === 1 ? showNumber(values.at(0)) : `box ${boxes(values)}`
    }
    return Object.entries(expression)
      .filter(([name]) => name !== 'op' && name !== 'operands')
      .map(([name, value]) => `${name} ${String(value)}`)
      .join(' ')
  }
  return ({ expression, shape, dtype }) => {
    const operands = expression.operands.map(tensors)
    if (commutative.has(expression.op)) operands.sort((a, b) => a - b)
    return `${expression.op} ${operands.join(',')} ${dtype} ${shape.join(',')} ${attributes(expression)}`
  }
}
