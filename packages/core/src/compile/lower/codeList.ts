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

const showNumber = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))

function keyOf(scalar: Scalar): string {
  switch (scalar.op) {
    case 'load':
      return `load ${scalar.view}`
    case 'constant':
      return `${scalar.dtype} ${showNumber(scalar.value)}`
    case 'index':
      return `${scalar.dtype} index ${scalar.axis}`
    default:
      return `${scalar.dtype} ${scalar.op} ${scalar.operands.join(' ')}`
  }
}

export function codeWriter(): CodeWriter {
  const code: Scalar[] = []
  const loads: Load[] = []
  const positions = new Map<string, number>()
  const write = (scalar: Scalar): number => {
    const key = keyOf(scalar)
    const known = positions.get(key) ?? askedAgain(code, scalar)
    if (known !== undefined) return known
    positions.set(key, code.length)
    return code.push(scalar) - 1
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

export const sameReach = (a: Reach, b: Reach): boolean =>
  a.offset === b.offset &&
  a.strides.length === b.strides.length &&
  a.strides.every((stride, dim) => stride === b.strides[dim])

const sameLoad = (a: Load, b: Load): boolean => a.cell === b.cell && sameReach(a, b)

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
