import type { ExpressionOf, Rules } from '../../tensor/expression.ts'
import type { ArithmeticOp, ComparisonOp, UnaryOp } from '../plan.ts'
import type { Access } from './access.ts'
import { element } from './element.ts'
import { operandOf, type Node } from './node.ts'
import { throughView } from './view.ts'
import { writePosition, type Writing } from './writing.ts'

type Rule = (_: unknown, writing: Writing, node: Node, access: Access) => number

const unary =
  (op: UnaryOp | 'cast'): Rule =>
  (_, { writer, read }, node, access) =>
    writer.write({ op, operands: [read(operandOf(node), access)], dtype: node.tensor.dtype })

const binary =
  (op: ArithmeticOp | ComparisonOp): Rule =>
  (_, { writer, read }, node, access) => {
    const operands = [read(operandOf(node), access), read(element(node.operands, 1), access)] as const
    return writer.write({ op, operands, dtype: node.tensor.dtype })
  }

const view: Rule = (_, { dims, read }, node, access) =>
  read(operandOf(node), throughView(node, access, dims.length))

const inMemory: Rule = (_, __, { tensor }) => {
  throw new Error(`${tensor.expression.op} is not computed element by element`)
}

function oneHot(_: unknown, writing: Writing, node: Node, access: Access): number {
  const { writer, read, checked } = writing
  const { dtype } = node.tensor
  checked.add(node)
  const label = read(operandOf(node), access.slice(0, -1))
  const position = writePosition(writing, element(access, access.length - 1), 'int32')
  const hit = writer.write({ op: 'equal', operands: [label, position], dtype: 'int32' })
  return dtype === 'int32' ? hit : writer.write({ op: 'cast', operands: [hit], dtype })
}

/** How every primitive that is computed element by element is written into a loop. */
const rules: Rules<[Writing, Node, Access], number> = {
  constant: ({ values }, { writer }, { tensor }) =>
    writer.write({ op: 'constant', value: values.at(0), dtype: tensor.dtype }),
  input: inMemory,
  iota: ({ axis }, writing, { tensor }, access) =>
    writePosition(writing, element(access, axis), tensor.dtype),

  neg: unary('neg'),
  abs: unary('abs'),
  sign: unary('sign'),
  floor: unary('floor'),
  sqrt: unary('sqrt'),
  exp: unary('exp'),
  expm1: unary('expm1'),
  log: unary('log'),
  log1p: unary('log1p'),
  sin: unary('sin'),
  cos: unary('cos'),
  tanh: unary('tanh'),
  sigmoid: unary('sigmoid'),
  erf: unary('erf'),
  cast: unary('cast'),

  add: binary('add'),
  sub: binary('sub'),
  mul: binary('mul'),
  div: binary('div'),
  pow: binary('pow'),
  maximum: binary('maximum'),
  minimum: binary('minimum'),

  equal: binary('equal'),
  notEqual: binary('notEqual'),
  less: binary('less'),
  lessEqual: binary('lessEqual'),
  greater: binary('greater'),
  greaterEqual: binary('greaterEqual'),
  where: (_, { writer, read }, { operands: [condition, yes, no], tensor: { dtype } }, access) => {
    if (condition === undefined || yes === undefined || no === undefined)
      throw new Error('where lacks an operand')
    const operands = [read(condition, access), read(yes, access), read(no, access)] as const
    return writer.write({ op: 'where', operands, dtype })
  },

  // Over axes of size 1 only: a reduction of anything else has its elements in memory.
  sum: (of, writing, node, access) => {
    const { dtype } = node.tensor
    const value = view(of, writing, node, access)
    if (dtype === 'int32') return value
    const zero = writing.writer.write({ op: 'constant', value: 0, dtype })
    return writing.writer.write({ op: 'add', operands: [value, zero], dtype })
  },
  max: view,
  min: view,
  argmax: (_, { writer }) => writer.write({ op: 'constant', value: 0, dtype: 'int32' }),

  matmul: inMemory,

  reshape: view,
  transpose: view,
  broadcast: view,
  slice: view,
  concat: inMemory,

  gather: inMemory,
  scatterAdd: inMemory,
  oneHot,

  random: inMemory,
}

/** Writes the element of a node at an access. */
export function codeRule(writing: Writing, node: Node, access: Access): number {
  const { expression } = node.tensor
  const rule = rules[expression.op] as (
    of: ExpressionOf<typeof expression.op>,
    ...rest: Parameters<typeof codeRule>
  ) => number
  return rule(expression, writing, node, access)
}
