import type { InPlace } from './carrying.ts'
import type { Cell } from './cell.ts'
import { isNeeded } from './emitLoop.ts'
import type { Group } from './group.ts'
import type { StoreTask } from './task.ts'

/** Whether a task stores the elements of a cell as they are, all of them and nothing else. */
const isCopyOf = ({ fragment: { code, loads }, whole }: StoreTask, cell: Cell): boolean =>
  whole && code.length === 1 && loads.every((load) => load.cell === cell)

/**
 * The cell whose buffer a matrix product writes to in the place of its own, which nothing else needs: one that its
 * epilogue overwrites with what it makes of it, or that of a plain copy if it makes nothing else.
 */
function overwritten(group: Group): readonly [Cell, Cell] | undefined {
  const { head, loop } = group
  if (head?.kind !== 'kernel' || head.node.tensor.expression.op !== 'matmul') return undefined
  const { cell } = head
  if (isNeeded(cell, group)) return undefined
  const stores = loop.filter((task) => task.kind === 'store').filter((task) => isNeeded(task.cell, group))
  const [only] = stores
  if (only !== undefined && stores.length === 1 && isCopyOf(only, cell)) return [cell, only.cell]
  const kept = stores.find(
    (task) => task.whole && task.cell.source.kind === 'temporary' && task.cell.dtype === cell.dtype,
  )
  return kept && [kept.cell, cell]
}

/** For each cell that has no buffer of its own the cell whose buffer it shares. */
export function sharedBuffers(
  groups: readonly Group[],
  inPlace: readonly InPlace[],
): ReadonlyMap<Cell, Cell> {
  const shared = new Map<Cell, Cell>(inPlace.map(({ output, input }) => [output, input]))
  for (const group of groups) {
    const pair = overwritten(group)
    if (pair !== undefined) shared.set(...pair)
  }
  return shared
}
