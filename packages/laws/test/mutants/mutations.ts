import {
  add,
  div,
  isFloat,
  matmul,
  max,
  minimum,
  mul,
  neg,
  slice,
  sub,
  sum,
  where,
  zeros,
  type AnyTensor,
  type Shape,
  type Tensor,
} from '@pullback/core'
import { binaryTable, rebuilt, unaryTable } from './rebuild.ts'

/** What may be put in the place of one operation; undefined where it does not fit. */
export interface Mutation {
  readonly name: string
  readonly apply: (tensor: AnyTensor) => AnyTensor | undefined
}

const mutation = (name: string, apply: Mutation['apply']): Mutation => ({ name, apply })

const operand = (index: number): Mutation =>
  mutation(`operand ${index + 1} alone`, ({ expression }) => expression.operands[index])

const swapped = mutation('operands swapped', (tensor) =>
  rebuilt(tensor, [tensor.expression.operands[1] ?? tensor, tensor.expression.operands[0] ?? tensor]),
)

const becomes = (op: string): Mutation =>
  mutation(op, ({ expression: { operands } }) => {
    const [a, b] = operands
    return a && (b ? binaryTable[op]?.(a, b) : unaryTable[op]?.(a))
  })

const scaled: readonly Mutation[] = [2, 0.5, 1.001].map((factor) =>
  mutation(`times ${factor}`, (x) => mul(x as Tensor, factor)),
)

const anyFloat: readonly Mutation[] = [
  mutation('negated', (x) => neg(x)),
  mutation('zero', (x) => zeros(x.shape, x.dtype)),
  ...scaled,
]

const neighbours: Readonly<Record<string, readonly string[]>> = {
  greater: ['greaterEqual', 'less', 'lessEqual', 'notEqual'],
  greaterEqual: ['greater', 'lessEqual', 'less', 'equal'],
  less: ['lessEqual', 'greater', 'greaterEqual'],
  lessEqual: ['less', 'greaterEqual', 'greater'],
  equal: ['notEqual', 'greaterEqual', 'lessEqual'],
  notEqual: ['equal', 'greater', 'less'],
}

const otherAxes = mutation('another axis', (tensor) => {
  const { expression } = tensor
  if (expression.op !== 'sum' && expression.op !== 'max' && expression.op !== 'min') return undefined
  const [x] = expression.operands
  const rank = x.shape.length
  const axes = expression.axes.map((axis) => (axis + 1) % Math.max(rank, 1))
  return (expression.op === 'sum' ? sum : max)(x, { axes })
})

const averaged = mutation('mean', (tensor) => {
  const { expression } = tensor
  if (expression.op !== 'sum') return undefined
  const count = expression.axes.reduce((n, axis) => n * (expression.operands[0].shape[axis] ?? 1), 1)
  return div(tensor as Tensor, Math.max(count, 1))
})

const largest = mutation('max', (tensor) => {
  const { expression } = tensor
  return expression.op === 'sum' ? max(expression.operands[0], { axes: expression.axes }) : undefined
})

const product = (name: string, change: (a: Tensor, b: Tensor, tA: boolean, tB: boolean) => Tensor) =>
  mutation(name, ({ expression }) => {
    if (expression.op !== 'matmul') return undefined
    const [a, b] = expression.operands
    return change(a as Tensor, b as Tensor, expression.transposeA, expression.transposeB)
  })

const products: readonly Mutation[] = [
  product('first factor transposed', (a, b, tA, tB) => matmul(a, b, { transposeA: !tA, transposeB: tB })),
  product('second factor transposed', (a, b, tA, tB) => matmul(a, b, { transposeA: tA, transposeB: !tB })),
  product('factors swapped', (a, b, tA, tB) => matmul(b, a, { transposeA: tB, transposeB: tA })),
]

/** The indices of a gather or scatterAdd moved on by one, up to the last. */
const shifted = mutation('indices off by one', (tensor) => {
  const { expression } = tensor
  if (expression.op !== 'gather' && expression.op !== 'scatterAdd') return undefined
  const [x, indices] = expression.operands
  const size = expression.op === 'gather' ? x.shape[expression.axis] : tensor.shape[expression.axis]
  return rebuilt(tensor, [
    x,
    minimum(add(indices as Tensor<Shape, 'int32'>, 1), Math.max((size ?? 1) - 1, 0)),
  ])
})

const branches: readonly Mutation[] = [
  mutation('branches swapped', ({ expression }) =>
    expression.op === 'where'
      ? where(
          expression.operands[0] as Tensor<Shape, 'int32'>,
          expression.operands[2],
          expression.operands[1],
        )
      : undefined,
  ),
  operand(1),
  operand(2),
]

/** A slice that begins and ends one earlier, or, at the beginning, one later. */
const slid = mutation('one off', ({ expression }) => {
  if (expression.op !== 'slice') return undefined
  const { operands, start, stop, step } = expression
  const [x] = operands
  const isWhole = (axis: number) => start[axis] === 0 && stop[axis] === x.shape[axis]
  const axis = x.shape.findIndex((_, at) => !isWhole(at))
  const shift = (start[axis] ?? 0) > 0 ? -1 : 1
  const moved = (bounds: readonly number[], at: number) => (bounds[at] ?? 0) + (at === axis ? shift : 0)
  return slice(x, ...start.map((_, at) => [moved(start, at), moved(stop, at), step[at] ?? 1] as const))
})

const untransposed = mutation('not transposed', ({ expression }) => expression.operands[0])

const arithmetic: Readonly<Record<string, readonly Mutation[]>> = {
  add: [becomes('sub'), becomes('mul'), operand(0), operand(1)],
  sub: [becomes('add'), swapped, operand(0), operand(1)],
  mul: [becomes('add'), becomes('div'), operand(0), operand(1)],
  div: [becomes('mul'), swapped, operand(0)],
  maximum: [becomes('minimum'), operand(0), operand(1)],
  minimum: [becomes('maximum'), operand(0), operand(1)],
  sum: [otherAxes, averaged, largest],
  matmul: products,
  gather: [shifted],
  scatterAdd: [shifted],
  where: branches,
  transpose: [untransposed],
  slice: [slid],
  cast: [mutation('one less', (x) => (isFloat(x.dtype) ? sub(1, x as Tensor) : undefined))],
  exp: [operand(0)],
  tanh: [operand(0), becomes('sigmoid')],
  sigmoid: [operand(0), becomes('tanh')],
  erf: [operand(0), becomes('tanh')],
  abs: [operand(0)],
  neg: [operand(0)],
  oneHot: [mutation('the complement', (x) => sub(1, x as Tensor))],
  concat: [mutation('pieces reversed', (tensor) => rebuilt(tensor, tensor.expression.operands.toReversed()))],
}

/** Operations that only move or repeat elements; scaling them is scaling what they move. */
const moving = new Set(['constant', 'input', 'iota', 'broadcast', 'reshape', 'random'])

const sameForm = (a: AnyTensor, b: AnyTensor): boolean =>
  a.dtype === b.dtype && a.shape.join() === b.shape.join()

/** The mutations of one operation; each gives the tensor itself where it does not fit its shapes. */
export function mutationsOf(tensor: AnyTensor): readonly Mutation[] {
  const { op } = tensor.expression
  if (moving.has(op)) return []
  const own = [...(arithmetic[op] ?? []), ...(neighbours[op] ?? []).map(becomes)]
  const all = isFloat(tensor.dtype) ? [...own, ...anyFloat] : own
  return all.map(({ name, apply }) => ({
    name,
    apply(at) {
      try {
        const changed = apply(at)
        return changed !== undefined && sameForm(changed, at) ? changed : at
      } catch {
        // Shapes that do not fit: the author would have noticed.
        return at
      }
    },
  }))
}
