import type { Dtype } from '../../tensor/dtype.ts'
import type { Scalar } from '../plan.ts'
import type { Reach } from './access.ts'
import type { Cell } from './cell.ts'
import { askedAgain } from './truth.ts'

/** A load of a loop from memory that has no buffer yet. */
export interface Load extends Reach {
  readonly cell: Cell
}

/** The operations of a loop, each once, in an order in which they can be done. */
export interface CodeList {
  readonly code: readonly Scalar[]
  readonly loads: readonly Load[]
}

/** A code list that grows. */
export interface CodeWriter extends CodeList {
  /** The position of an operation, added if it is not there. */
  readonly write: (scalar: Scalar) => number
  readonly load: (load: Load, dtype: Dtype) => number
}

const sameNumbers = (a: readonly number[], b: readonly number[]): boolean => {
  if (a.length !== b.length) return false
  for (let position = 0; position < a.length; position++) if (a[position] !== b[position]) return false
  return true
}

function sameScalar(a: Scalar, b: Scalar): boolean {
  if (a.op !== b.op || a.dtype !== b.dtype) return false
  if (a.op === 'load') return b.op === 'load' && a.view === b.view
  if (a.op === 'constant') return b.op === 'constant' && Object.is(a.value, b.value)
  if (a.op === 'index') return b.op === 'index' && a.axis === b.axis
  return 'operands' in b && sameNumbers(a.operands, b.operands)
}

/** Whether two views of a buffer are of the same elements. */
export const sameReach = (a: Reach, b: Reach): boolean =>
  a.offset === b.offset && sameNumbers(a.strides, b.strides)

export const sameLoad = (a: Load, b: Load): boolean => a.cell === b.cell && sameReach(a, b)

/** An empty code list. It is searched from end to end: a loop has few operations. */
export function codeWriter(): CodeWriter {
  const code: Scalar[] = []
  const loads: Load[] = []
  const write = (scalar: Scalar): number => {
    const known = code.findIndex((other) => sameScalar(other, scalar))
    if (known >= 0) return known
    return askedAgain(code, scalar) ?? code.push(scalar) - 1
  }
  return {
    code,
    loads,
    write,
    load: (load, dtype) => {
      const known = loads.findIndex((other) => sameLoad(other, load))
      return write({ op: 'load', view: known >= 0 ? known : loads.push(load) - 1, dtype })
    },
  }
}

/** Appends code to a list; `held` has the values that are in a register already, in the place of loads. */
export function append(
  writer: CodeWriter,
  { code, loads }: CodeList,
  held: ReadonlyMap<Cell, number>,
): readonly number[] {
  const moved: number[] = []
  const to = (operand: number): number => moved[operand] ?? 0
  for (const scalar of code) {
    if (scalar.op === 'load') {
      const load = loads[scalar.view]
      if (load === undefined) throw new Error(`there is no load ${scalar.view}`)
      moved.push(held.get(load.cell) ?? writer.load(load, scalar.dtype))
    } else if (scalar.op === 'constant' || scalar.op === 'index') moved.push(writer.write(scalar))
    else moved.push(writer.write({ ...scalar, operands: scalar.operands.map(to) } as unknown as Scalar))
  }
  return moved
}
