import { dependencyOrder } from '../evaluate/order.ts'
import type { Dtype } from '../tensor/dtype.ts'
import type { Expression, Op } from '../tensor/expression.ts'
import { showShape } from '../tensor/shape.ts'
import type { AnyTensor } from '../tensor/tensor.ts'
import type { Program } from './program.ts'
import { elementwise } from './simplify/broadcasting.ts'

const short = { float32: 'f32', float64: 'f64', int32: 'i32' } as const satisfies Record<Dtype, string>

const showType = ({ dtype, shape }: { readonly dtype: Dtype; readonly shape: readonly number[] }): string =>
  `${short[dtype]}${showShape(shape)}`

const mostShown = 6

/** The fewest digits that give the number again in its dtype: 0.1, not 0.10000000149011612. */
function showNumber(value: number, dtype: Dtype): string {
  if (Object.is(value, -0)) return '-0'
  if (dtype !== 'float32') return String(value)
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits))
    if (Math.fround(rounded) === value) return String(rounded)
  }
  return String(value)
}

/** The single element of a constant. */
const only = ({ expression }: AnyTensor): number | undefined =>
  expression.op === 'constant' && expression.values.length === 1 ? expression.values.at(0) : undefined

const pointwise: ReadonlySet<Op> = new Set<Op>(elementwise)

const listOf = (numbers: readonly number[]): string => showShape(numbers)

/** What sets an expression apart beside its operands. */
function showAttributes(expression: Expression, dtype: Dtype): string {
  switch (expression.op) {
    case 'constant': {
      const { values } = expression
      const shown = Array.from({ length: Math.min(values.length, mostShown) }, (_, position) =>
        showNumber(values.at(position), dtype),
      )
      return `[${[...shown, ...(values.length > mostShown ? [`... ${values.length} in all`] : [])].join(', ')}]`
    }
    case 'iota':
    case 'concat':
    case 'gather':
    case 'scatterAdd':
    case 'argmax':
      return `axis ${expression.axis}`
    case 'sum':
    case 'max':
    case 'min':
      return `axes ${listOf(expression.axes)}`
    case 'transpose':
      return listOf(expression.permutation)
    case 'slice':
      return `[${expression.start.map((start, axis) => `${start}:${expression.stop[axis]}:${expression.step[axis]}`).join(', ')}]`
    case 'random':
      return expression.distribution
    default:
      return ''
  }
}

/** Breaks a list of parts into lines of a readable width. */
function wrapped(opening: string, parts: readonly string[], closing: string): string {
  const single = opening + parts.join(', ') + closing
  return single.length <= 110 ? single : `${opening.trimEnd()}\n    ${parts.join(',\n    ')}${closing}`
}

/**
 * A program as text: a line for each operation, in an order that depends on nothing but the program. Inputs, numbers
 * and what is repeated stand where they are used.
 *
 * @example
 * showProgram(trace((x) => add(x, 1), { shapes: [2] }))
 * // => 'program (input: f32[2])\n  %0 = add input, 1  f32[2]\n  return output = %0'
 */
export function showProgram({ inputs, outputs, carried }: Program): string {
  const roots = outputs.map(({ tensor }) => tensor)
  const names = new Map<AnyTensor, string>()
  const order = dependencyOrder(roots)
  // What is repeated stands inline where the shape it takes on is that of the line.
  const spelled = new Set<AnyTensor>(roots)
  for (const { expression } of order)
    if (!pointwise.has(expression.op)) for (const operand of expression.operands) spelled.add(operand)
  const lines: (readonly [text: string, type: string])[] = []
  for (const tensor of order) {
    const { expression } = tensor
    const number = only(tensor)
    if (expression.op === 'input') names.set(tensor, expression.name)
    else if (number !== undefined && tensor.shape.length === 0)
      names.set(tensor, showNumber(number, tensor.dtype))
    else if (expression.op === 'broadcast' && !spelled.has(tensor)) {
      const [source] = expression.operands
      const name = names.get(source) ?? '?'
      names.set(tensor, only(source) === undefined ? `broadcast(${name})` : name)
    } else {
      const name = `%${lines.length}`
      const flags =
        expression.op === 'matmul' ? [expression.transposeA, expression.transposeB] : ([] as boolean[])
      const operands = expression.operands.map(
        (operand, index) => `${names.get(operand) ?? '?'}${flags[index] === true ? '^T' : ''}`,
      )
      const text = [expression.op, operands.join(', '), showAttributes(expression, tensor.dtype)]
      lines.push([`${name} = ${text.filter((part) => part !== '').join(' ')}`, showType(tensor)])
      names.set(tensor, name)
    }
  }
  const width = Math.min(Math.max(0, ...lines.map(([text]) => text.length)), 80)
  const becomes = new Map(carried.map(({ output, input }) => [output, inputs[input]?.name]))
  const results = outputs.map(({ name, tensor }, index) => {
    const target = becomes.get(index)
    const next = target === undefined ? '' : target === name ? ' (carried)' : ` (carried to ${target})`
    return `${name} = ${names.get(tensor) ?? '?'}${next}`
  })
  return [
    wrapped(
      'program (',
      inputs.map((input) => `${input.name}: ${showType(input)}`),
      ')',
    ),
    ...lines.map(([text, type]) => `  ${text.padEnd(width)}  ${type}`),
    wrapped('  return ', results, ''),
  ].join('\n')
}
