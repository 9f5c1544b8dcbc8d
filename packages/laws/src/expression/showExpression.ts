import { toArray, type AnyTensor } from '@pullback/core'

const infix: Readonly<Record<string, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  equal: '=',
  notEqual: '!=',
  less: '<',
  lessEqual: '<=',
  greater: '>',
  greaterEqual: '>=',
}

const depth = 3

/** An expression as a person would write it, its inner parts cut short: `input > 0`, `max(params.W * ...)`. */
export function showExpression(tensor: AnyTensor, levels = depth): string {
  const { expression } = tensor
  const { op, operands } = expression
  if (op === 'input') return expression.name
  if (op === 'constant') {
    const [first] = expression.values.length === 1 ? toArray(tensor) : []
    return first === undefined ? 'constant' : String(Number(first.toPrecision(6)))
  }
  // What only moves elements says nothing of where a branch is.
  if (op === 'broadcast' || op === 'reshape' || op === 'cast') return showExpression(operands[0], levels)
  if (levels === 0) return '...'
  const parts = operands.map((operand) => showExpression(operand, levels - 1))
  const sign = infix[op]
  if (sign === undefined) return `${op}(${parts.join(', ')})`
  const text = parts.join(` ${sign} `)
  return levels === depth ? text : `(${text})`
}
