import type { Loop, Reduction, Scalar, Store, View } from '../plan.ts'
import { canonicalAxes, type Axes } from './axes.ts'
import type { Cell } from './cell.ts'
import { append, codeWriter, sameReach, type CodeList } from './codeList.ts'
import { element } from './element.ts'
import { rowsAndColumns } from './epilogue.ts'
import type { Group } from './group.ts'
import { prune } from './prune.ts'
import type { ReduceTask, StoreTask } from './task.ts'

/** The number of the buffer of a cell. */
export type BufferOf = (cell: Cell) => number

/** Whether anything but the kernel that computes a cell needs it. */
export const isNeeded = ({ source, readers }: Cell, group: Group): boolean =>
  source.kind === 'output' || readers.some((reader) => reader.group !== group)

interface Written extends CodeList {
  readonly stores: readonly (readonly [StoreTask, number])[]
  readonly reductions: readonly (readonly [ReduceTask, number])[]
}

/** Whether a value to be stored is one loaded from the very place. */
function isThere(
  { cell, to }: StoreTask,
  { code, loads }: CodeList,
  value: number,
  bufferOf: BufferOf,
): boolean {
  const scalar = element(code, value)
  if (scalar.op !== 'load') return false
  const load = element(loads, scalar.view)
  return bufferOf(load.cell) === bufferOf(cell) && sameReach(load, to)
}

/** The code of all tasks of a loop; what one stores the next has in a register. */
function writeTasks(group: Group, bufferOf: BufferOf): Written {
  const writer = codeWriter()
  const held = new Map<Cell, number>()
  const stores: [StoreTask, number][] = []
  const reductions: [ReduceTask, number][] = []
  for (const task of group.loop) {
    const value = element(append(writer, task.fragment, held), task.fragment.result)
    if (task.kind === 'reduce') reductions.push([task, value])
    else {
      if (isNeeded(task.cell, group) && !isThere(task, writer, value, bufferOf)) stores.push([task, value])
      if (task.whole) held.set(task.cell, value)
    }
  }
  const pruned = prune(
    writer,
    [...stores, ...reductions].map(([, value]) => value),
  )
  const at = (index: number): number => element(pruned.results, index)
  return {
    code: pruned.code,
    loads: pruned.loads,
    stores: stores.map(([task], index) => [task, at(index)] as const),
    reductions: reductions.map(([task], index) => [task, at(stores.length + index)] as const),
  }
}

const onAxes =
  (axisOf: ReadonlyMap<number, number>) =>
  (scalar: Scalar): Scalar =>
    scalar.op === 'index' ? { ...scalar, axis: axisOf.get(scalar.axis) ?? 0 } : scalar

function assemble({ code, loads, stores, reductions }: Written, axes: Axes, bufferOf: BufferOf): Loop {
  const reached = [
    ...loads,
    ...stores.map(([{ cell, to }]) => ({ cell, ...to })),
    ...reductions.map(([{ cell, to }]) => ({ cell, ...to })),
  ]
  const views = reached.map(({ cell, offset }, position): View => ({
    buffer: bufferOf(cell),
    offset,
    strides: element(axes.strides, position),
  }))
  const firstStore = loads.length
  const firstReduction = firstStore + stores.length
  return {
    kind: 'loop',
    axes: axes.sizes,
    loads: views.slice(0, firstStore),
    code: code.map(onAxes(axes.axisOf)),
    stores: stores.map(([, value], position): Store => ({
      value,
      view: element(views, firstStore + position),
    })),
    reduced: axes.reduced,
    reductions: reductions.map(([{ op }, value], position): Reduction => ({
      op,
      value,
      view: element(views, firstReduction + position),
    })),
  }
}

/** The loop of a group that has no kernel at its head. */
export function emitLoop(group: Group, bufferOf: BufferOf): Loop {
  const written = writeTasks(group, bufferOf)
  const { code, loads, stores, reductions } = written
  const axes = canonicalAxes({
    sizes: group.dims,
    reduced: group.reduced ?? [],
    indexed: new Set(code.flatMap((scalar) => (scalar.op === 'index' ? scalar.axis : []))),
    reaches: [...loads, ...stores.map(([{ to }]) => to), ...reductions.map(([{ to }]) => to)],
  })
  return assemble(written, axes, bufferOf)
}

/** The loop of a group behind a matrix product of a shape; `undefined` if nothing is left of it. */
export function emitEpilogue(group: Group, shape: readonly number[], bufferOf: BufferOf): Loop | undefined {
  const written = writeTasks(group, bufferOf)
  const { loads, stores } = written
  if (stores.length === 0) return undefined
  const columns = shape.at(-1) ?? 1
  const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1)
  const strides = [...loads, ...stores.map(([{ to }]) => to)].map(
    (reach) => rowsAndColumns(shape, reach.strides) ?? [0, 0],
  )
  const last = group.dims.length - 1
  const axisOf = new Map(group.dims.map((_, dim) => [dim, dim === last && columns !== 1 ? 1 : 0] as const))
  return assemble(written, { sizes: [rows, columns], reduced: [], axisOf, strides }, bufferOf)
}
