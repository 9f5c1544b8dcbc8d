import { elementCount } from '../../tensor/shape.ts'
import { behindViews } from './matrix.ts'
import { operandOf, type Node } from './node.ts'
import { isAlias, merges } from './view.ts'

/** What it takes to compute an element where it is needed. */
interface Cost {
  readonly operations: number
  readonly loads: number
  /** Whether a transcendental function or a division is among the operations. */
  readonly expensive: boolean
  /** How long the longest chain of operations and views is. */
  readonly depth: number
}

const nothing: Cost = { operations: 0, loads: 0, expensive: false, depth: 0 }
const oneLoad: Cost = { ...nothing, loads: 1 }

const expensiveOps = new Set<string>('exp expm1 log log1p sin cos tanh sigmoid erf pow div sqrt'.split(' '))

/** The most that is computed in one piece, and again for everything that needs it. */
const most = { operations: 40, loads: 8, depth: 60 }
const cheap = { operations: 3, loads: 1 }

/** Has the elements of a node be in memory, densely. */
function store(node: Node): void {
  let base = node
  while (isAlias(base)) base = operandOf(base)
  if (base.role === 'code' || base.role === 'view') base.stored = true
}

/** The node that views of it, or of views of it, are taken of. */
function behindAllViews(node: Node): Node {
  let base = node
  while (base.role === 'view' && !base.stored) base = operandOf(base)
  return base
}

/** Stores what kernels other than loops read, and what is reshaped with axes merged. */
function storeForKernels(node: Node): void {
  const { op } = node.tensor.expression
  if (op === 'matmul') for (const operand of node.operands) store(behindViews(operand))
  else if (op === 'oneHot' || (node.role === 'kernel' && op !== 'concat')) node.operands.forEach(store)
  else if (merges(node)) store(operandOf(node))
}

function countUses(nodes: readonly Node[]): void {
  for (const node of nodes.toReversed())
    for (const operand of new Set(node.operands)) operand.uses += node.role === 'view' ? node.uses : 1
}

function joint(costs: readonly Cost[]): Cost {
  let { operations, loads, expensive, depth } = nothing
  for (const cost of costs) {
    operations += cost.operations
    loads += cost.loads
    expensive ||= cost.expensive
    depth = Math.max(depth, cost.depth)
  }
  return { operations: operations + 1, loads, expensive, depth: depth + 1 }
}

const isTooMuch = ({ operations, loads, depth }: Cost): boolean =>
  operations > most.operations || loads > most.loads || depth > most.depth

const isCheap = ({ operations, loads, expensive }: Cost): boolean =>
  !expensive && operations <= cheap.operations && loads <= cheap.loads

/** The cost of an operation on operands, of which the costliest are stored if it is too much. */
function settled(operands: readonly Node[], costs: Map<Node, Cost>): Cost {
  for (;;) {
    const total = joint(operands.map((operand) => costs.get(operand) ?? oneLoad))
    if (!isTooMuch(total)) return total
    const weight = (node: Node) => {
      const { operations, loads, depth } = costs.get(node) ?? oneLoad
      return operations + loads + depth
    }
    const [worst] = operands.toSorted((a, b) => weight(b) - weight(a))
    if (worst === undefined) return total
    store(total.depth > most.depth ? worst : behindAllViews(worst))
    costs.set(worst, oneLoad)
  }
}

function costOf(node: Node, costs: Map<Node, Cost>): Cost {
  const { role, tensor } = node
  if (role === 'scalar') return nothing
  if (role !== 'code' && role !== 'view') return oneLoad
  const operands = [...new Set(node.operands)]
  if (tensor.expression.op === 'broadcast') {
    const operand = operandOf(node)
    const { operations, expensive } = costs.get(operand) ?? oneLoad
    if ((expensive || operations > 2) && elementCount(tensor.shape) > elementCount(operand.tensor.shape)) {
      store(behindAllViews(operand))
      costs.set(operand, oneLoad)
    }
  }
  const total = settled(operands, costs)
  if (role === 'view') return { ...total, operations: total.operations - 1 }
  return { ...total, expensive: total.expensive || expensiveOps.has(tensor.expression.op) }
}

/**
 * Decides which nodes have their elements in memory: what kernels and outputs read, and what several places need that is
 * not cheap to compute again. Everything else is computed in the loops that need it.
 */
export function decideStoring(nodes: readonly Node[], outputs: readonly Node[]): void {
  outputs.forEach(store)
  nodes.forEach(storeForKernels)
  countUses(nodes)
  const costs = new Map<Node, Cost>()
  for (const node of nodes) {
    const cost = costOf(node, costs)
    if (node.role === 'code' && node.uses > 1 && !isCheap(cost)) node.stored = true
    costs.set(node, node.stored ? oneLoad : cost)
  }
}
