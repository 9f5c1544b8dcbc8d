import type { Dtype, View } from '@pullback/core'
import type { Code } from '../assembler/code.ts'
import type { Address, Addresses } from './addresses.ts'
import {
  bytesOf,
  loadLanes,
  loadRepeated,
  loadVector,
  storeLanes,
  storeVector,
  type LaneCount,
} from './lanes.ts'
import type { Position, Strides } from './nest.ts'

/** How a loop reads and writes vectors of elements, `count` lanes of which are of interest. */
export interface Elements {
  readonly load: (view: View, position: Position, count: number) => Code
  /** The vector is evaluated up to once a lane. */
  readonly store: (view: View, position: Position, count: number, vector: Code) => Code
}

export function elementsOf(
  addresses: Addresses,
  dtypeOf: (buffer: number) => Dtype,
  strides: Strides,
  lanes: LaneCount,
  vectorAxis: number,
): Elements {
  /** The address of the element that a view has for a lane. */
  const addressOf = (view: View, position: Position, lane: number): Address => {
    const bytes = bytesOf(dtypeOf(view.buffer))
    const along = view.strides[vectorAxis] ?? 0
    const offset = position.offsets[strides.groupOf(view)]
    if (offset === undefined) throw new Error('the view of a loop is in no group')
    return addresses.at(view.buffer, {
      ...offset,
      fixed: offset.fixed + (view.offset + lane * along) * bytes,
    })
  }
  const laneAddresses = (view: View, position: Position, count: number): readonly [Address, ...Address[]] => {
    const [first, ...others] = Array.from({ length: count }, (_, lane) => addressOf(view, position, lane))
    return [first ?? addressOf(view, position, 0), ...others]
  }
  return {
    load(view, position, count) {
      const dtype = dtypeOf(view.buffer)
      const stride = view.strides[vectorAxis] ?? 0
      if (stride === 0) return loadRepeated(dtype, addressOf(view, position, 0))
      if (stride === 1) return loadVector(dtype, lanes, addressOf(view, position, 0))
      return loadLanes(dtype, laneAddresses(view, position, count))
    },
    store(view, position, count, vector) {
      const dtype = dtypeOf(view.buffer)
      const isDense = count === 1 || view.strides[vectorAxis] === 1
      return isDense
        ? storeVector(dtype, count, addressOf(view, position, 0), vector)
        : storeLanes(dtype, laneAddresses(view, position, count), vector)
    },
  }
}
