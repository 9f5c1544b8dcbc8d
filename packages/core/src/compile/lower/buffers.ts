import type { TypedArray } from '../../tensor/dtype.ts'
import { allocate } from '../../tensor/dtype.ts'
import type { Values } from '../../tensor/values.ts'
import type { BufferInfo, Place } from '../plan.ts'
import type { Cell } from './cell.ts'
import { assertCountable } from './positions.ts'

/** A buffer whose place in the arena is not known yet. */
export type Unplaced = Omit<BufferInfo, 'place'> & { readonly place: Place | { readonly kind: 'temporary' } }

const copyOf = (cell: Cell, values: Values): TypedArray => {
  const array = allocate(cell.dtype, cell.length)
  values.copyTo(array)
  return array
}

function placeOf(cell: Cell): Unplaced['place'] {
  const { source } = cell
  return source.kind === 'constant' ? { kind: 'constant', values: copyOf(cell, source.values) } : source
}

/** The buffers of a plan, made for cells as they are asked for. */
export function bufferTable(shared: ReadonlyMap<Cell, Cell>) {
  const numbers = new Map<Cell, number>()
  const buffers: Unplaced[] = []
  const bufferOf = (cell: Cell): number => {
    let owner = cell
    for (let next = shared.get(owner); next !== undefined; next = shared.get(owner)) owner = next
    const known = numbers.get(owner)
    if (known !== undefined) return known
    assertCountable('a buffer', owner.length)
    numbers.set(owner, buffers.length)
    return buffers.push({ dtype: owner.dtype, length: owner.length, place: placeOf(owner) }) - 1
  }
  return { buffers, bufferOf }
}
