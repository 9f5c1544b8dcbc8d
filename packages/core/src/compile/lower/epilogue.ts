import type { Reach } from './access.ts'
import { dimsOf } from './access.ts'
import { element } from './element.ts'
import type { LoopTask } from './task.ts'

/**
 * Strides over `[rows, columns]`, all axes of a shape but the last being one, of strides over its dims; `undefined`
 * where the rows are not evenly spaced.
 */
export function rowsAndColumns(
  shape: readonly number[],
  strides: readonly number[],
): readonly [number, number] | undefined {
  const columns = shape.at(-1) === 1 ? 0 : element(strides, strides.length - 1)
  const rows = shape.at(-1) === 1 ? strides : strides.slice(0, -1)
  const sizes = dimsOf(shape.slice(0, -1))
  for (let dim = 0; dim + 1 < sizes.length; dim++)
    if (element(rows, dim) !== element(rows, dim + 1) * element(sizes, dim + 1)) return undefined
  return [rows.at(-1) ?? 0, columns]
}

/** Whether a task can be done in the epilogue of a matrix product of a shape. */
export function fitsEpilogue(task: LoopTask, shape: readonly number[]): boolean {
  if (task.kind === 'reduce') return false
  const reaches: readonly Reach[] = [task.to, ...task.fragment.loads]
  if (reaches.some(({ strides }) => rowsAndColumns(shape, strides) === undefined)) return false
  return dimsOf(shape.slice(0, -1)).length <= 1 || task.fragment.code.every(({ op }) => op !== 'index')
}
