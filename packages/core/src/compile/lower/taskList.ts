import { elementCount, stridesOf } from '../../tensor/shape.ts'
import type { Program } from '../program.ts'
import { identityAccess, reach } from './access.ts'
import { newCell, type Cell } from './cell.ts'
import { element } from './element.ts'
import { fragmentOf, type Fragment } from './fragment.ts'
import { matrixReach } from './matrix.ts'
import { nodeOf, operandOf, type Node } from './node.ts'
import type { CheckTask, ReduceTask, StoreTask, Task } from './task.ts'
import { isAlias } from './view.ts'

/** Everything that is to be done, in an order in which it can be, and where the inputs and outputs are. */
export interface TaskList {
  readonly tasks: readonly Task[]
  readonly inputs: readonly Cell[]
  readonly outputs: readonly Cell[]
}

/** Lists the tasks of a program whose nodes are given in order. */
export function listTasks(program: Program, nodes: ReadonlyMap<Node['tensor'], Node>): TaskList {
  const inputs = program.inputs.map(({ shape, dtype }, index) =>
    newCell(dtype, elementCount(shape), { kind: 'input', index }),
  )
  const named = new Map(program.inputs.map(({ name }, index) => [name, element(inputs, index)]))
  const outputs = program.outputs.map(({ tensor }, index) => ({ node: nodeOf(nodes, tensor), index }))
  const carriedTo = new Map(program.carried.map(({ output, input }) => [output, input]))
  const claimed = new Map<Node, number>()
  for (const { node, index } of outputs) {
    const base = behindAliases(node)
    if (
      base.role !== 'leaf' &&
      base.role !== 'scalar' &&
      base.tensor.expression.op !== 'matmul' &&
      !claimed.has(base)
    )
      claimed.set(base, index)
  }
  const tasks: Task[] = []
  const checks = new Map<Node, CheckTask>()
  const add = (task: Task): void => {
    tasks.push(task)
    for (const cell of task.reads) cell.readers.push(task)
    if (task.kind !== 'check') task.cell.writers.push(task)
  }
  for (const node of nodes.values()) {
    node.cell = cellOf(node, named, claimed.get(node))
    for (const task of tasksOf(node, checks)) add(task)
  }
  const cells = outputs.map(({ node, index }): Cell => {
    const { cell } = node
    if (cell === undefined) throw new Error(`output ${index} has no elements`)
    const stays = cell.source.kind === 'input' && cell.source.index === carriedTo.get(index)
    if (stays || (cell.source.kind === 'output' && cell.source.index === index)) return cell
    const copy = newCell(cell.dtype, cell.length, { kind: 'output', index })
    add(storeTask(fragmentOf(behindAliases(node), false), copy, checks))
    return copy
  })
  return { tasks, inputs, outputs: cells }
}

function behindAliases(node: Node): Node {
  let base = node
  while (isAlias(base)) base = operandOf(base)
  return base
}

function cellOf(node: Node, named: ReadonlyMap<string, Cell>, output: number | undefined): Cell | undefined {
  const { tensor, role, stored } = node
  const { expression, dtype, shape } = tensor
  if (expression.op === 'constant')
    return newCell(dtype, elementCount(shape), { kind: 'constant', values: expression.values })
  if (expression.op === 'input') {
    const cell = named.get(expression.name)
    if (cell === undefined) throw new TypeError(`lower: the program lists no input '${expression.name}'`)
    return cell
  }
  if (isAlias(node)) return operandOf(node).cell
  if (!stored && role !== 'reduction' && role !== 'kernel') return undefined
  const source =
    output === undefined ? ({ kind: 'temporary' } as const) : ({ kind: 'output', index: output } as const)
  return newCell(dtype, elementCount(shape), source)
}

const cellsOf = ({ loads }: Fragment): readonly Cell[] => [...new Set(loads.map(({ cell }) => cell))]

const checksOf = ({ checked }: Fragment, checks: ReadonlyMap<Node, CheckTask>): readonly CheckTask[] =>
  checked.flatMap((node) => checks.get(node) ?? [])

function storeTask(fragment: Fragment, cell: Cell, checks: ReadonlyMap<Node, CheckTask>): StoreTask {
  return {
    kind: 'store',
    group: undefined,
    fragment,
    cell,
    to: { offset: 0, strides: stridesOf(fragment.dims) },
    whole: true,
    reads: cellsOf(fragment),
    after: checksOf(fragment, checks),
  }
}

function cellIn(node: Node): Cell {
  if (node.cell === undefined) throw new Error(`${node.tensor.expression.op} is not in memory`)
  return node.cell
}

function checkTask(what: CheckTask['what'], size: number, indices: Cell): CheckTask {
  return { kind: 'check', group: undefined, what, size, indices, reads: [indices], after: [] }
}

function reduceTask(
  node: Node,
  op: ReduceTask['op'],
  axes: readonly number[],
  checks: ReadonlyMap<Node, CheckTask>,
): ReduceTask {
  const operand = operandOf(node)
  const { shape } = operand.tensor
  const fragment = fragmentOf(operand, false)
  const kept = stridesOf(node.tensor.shape)
  const strides: number[] = []
  const reduced: number[] = []
  let next = 0
  for (const [axis, size] of shape.entries()) {
    const isReduced = axes.includes(axis)
    const stride = isReduced ? 0 : element(kept, next++)
    if (size === 1) continue
    if (isReduced) reduced.push(strides.length)
    strides.push(stride)
  }
  return {
    kind: 'reduce',
    group: undefined,
    fragment,
    cell: cellIn(node),
    to: { offset: 0, strides },
    op,
    reduced,
    reads: cellsOf(fragment),
    after: checksOf(fragment, checks),
  }
}

function concatTasks(node: Node, axis: number, checks: ReadonlyMap<Node, CheckTask>): readonly StoreTask[] {
  const strides = stridesOf(node.tensor.shape)
  let start = 0
  return node.operands.map((operand) => {
    const fragment = fragmentOf(operand, false)
    const { shape } = operand.tensor
    const { strides: steps } = reach(identityAccess(shape), strides, fragment.dims.length)
    const to = { offset: start * element(strides, axis), strides: steps }
    start += element(shape, axis)
    return { ...storeTask(fragment, cellIn(node), checks), to, whole: false }
  })
}

function kernelTask(node: Node, reads: readonly Cell[], after: readonly Task[]): Task {
  return { kind: 'kernel', group: undefined, node, cell: cellIn(node), reads: [...new Set(reads)], after }
}

function tasksOf(node: Node, checks: Map<Node, CheckTask>): readonly Task[] {
  const { expression, shape } = node.tensor
  switch (expression.op) {
    case 'matmul':
      return [
        kernelTask(
          node,
          node.operands.map((operand) => matrixReach(operand, false).cell),
          [],
        ),
      ]
    case 'gather': {
      const check = checkTask(
        'gather',
        expression.operands[0].shape[expression.axis] ?? 0,
        cellIn(element(node.operands, 1)),
      )
      return [check, kernelTask(node, node.operands.map(cellIn), [check])]
    }
    case 'scatterAdd': {
      const check = checkTask('scatterAdd', shape[expression.axis] ?? 0, cellIn(element(node.operands, 1)))
      return [check, kernelTask(node, node.operands.map(cellIn), [check])]
    }
    case 'random':
      return [kernelTask(node, node.operands.map(cellIn), [])]
    case 'concat':
      return concatTasks(node, expression.axis, checks)
    case 'oneHot': {
      const check = checkTask('oneHot', shape.at(-1) ?? 0, cellIn(operandOf(node)))
      checks.set(node, check)
      return node.cell === undefined ? [check] : [check, storeTask(fragmentOf(node, true), node.cell, checks)]
    }
    case 'sum':
    case 'max':
    case 'min':
      if (node.role === 'reduction') return [reduceTask(node, expression.op, expression.axes, checks)]
      break
    case 'argmax':
      if (node.role === 'reduction') return [reduceTask(node, 'argmax', [expression.axis], checks)]
      break
    default:
  }
  if (!node.stored || node.cell === undefined) return []
  return [storeTask(fragmentOf(node, true), node.cell, checks)]
}
