import { elementCount } from '../../tensor/shape.ts'
import type { Kernel, Matmul } from '../plan.ts'
import { element } from './element.ts'
import { emitEpilogue, emitLoop, type BufferOf } from './emitLoop.ts'
import type { Group } from './group.ts'
import { matrixReach, type MatrixReach } from './matrix.ts'
import type { Node } from './node.ts'
import type { CheckTask, KernelTask } from './task.ts'

/** The sizes before, at and after an axis, the outer and inner ones multiplied up. */
const around = (sizes: readonly number[], axis: number) => ({
  outer: elementCount(sizes.slice(0, axis)),
  count: element(sizes, axis),
  inner: elementCount(sizes.slice(axis + 1)),
})

function matrixView({ cell, ...rest }: MatrixReach, bufferOf: BufferOf) {
  return { buffer: bufferOf(cell), ...rest }
}

function emitMatmul(group: Group, { node, cell }: KernelTask, bufferOf: BufferOf): Matmul {
  const { expression, shape, dtype } = node.tensor
  if (expression.op !== 'matmul') throw new Error(`${expression.op} is no matmul`)
  const { transposeA, transposeB, operands } = expression
  const [left, right] = [element(node.operands, 0), element(node.operands, 1)]
  return {
    kind: 'matmul',
    dtype,
    batch: elementCount(shape.slice(0, -2)),
    m: element(shape, shape.length - 2),
    n: element(shape, shape.length - 1),
    k: operands[0].shape.at(transposeA ? -2 : -1) ?? 1,
    a: matrixView(matrixReach(left, transposeA), bufferOf),
    b: matrixView(matrixReach(right, transposeB), bufferOf),
    out: bufferOf(cell),
    epilogue: emitEpilogue(group, shape, bufferOf),
  }
}

const bufferIn = (node: Node, operand: number, bufferOf: BufferOf): number => {
  const { cell } = element(node.operands, operand)
  if (cell === undefined) throw new Error(`operand ${operand} of a kernel is not in memory`)
  return bufferOf(cell)
}

function emitHead(group: Group, task: KernelTask, bufferOf: BufferOf): Kernel {
  const { node, cell } = task
  const { expression, shape, dtype } = node.tensor
  const operand = (position: number) => bufferIn(node, position, bufferOf)
  switch (expression.op) {
    case 'gather': {
      const [source, indices] = expression.operands
      const items = elementCount(indices.shape)
      const places = { ...around(source.shape, expression.axis), items }
      return { kind: 'gather', ...places, source: operand(0), indices: operand(1), out: bufferOf(cell) }
    }
    case 'scatterAdd': {
      const items = expression.operands[0].shape[expression.axis] ?? 0
      const places = { ...around(shape, expression.axis), items }
      return { kind: 'scatterAdd', ...places, source: operand(0), indices: operand(1), out: bufferOf(cell) }
    }
    case 'random': {
      const { distribution } = expression
      return { kind: 'random', distribution, dtype, key: operand(0), stream: operand(1), out: bufferOf(cell) }
    }
    default:
      return emitMatmul(group, task, bufferOf)
  }
}

const emitCheck = ({ what, size, indices }: CheckTask, bufferOf: BufferOf): Kernel => ({
  kind: 'check',
  what,
  indices: bufferOf(indices),
  size,
})

/** The kernel that does the tasks of a group. */
export function emitKernel(group: Group, bufferOf: BufferOf): Kernel {
  if (group.head === undefined) return emitLoop(group, bufferOf)
  if (group.head.kind === 'check') return emitCheck(group.head, bufferOf)
  return emitHead(group, group.head, bufferOf)
}
