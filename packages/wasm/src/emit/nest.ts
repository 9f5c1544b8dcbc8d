import type { View } from '@pullback/core'
import { branchIf, i32, loop as again, op, sequence, when, type Code } from '../assembler/code.ts'
import type { FunctionBuilder } from '../assembler/module.ts'
import type { ByteOffset } from './addresses.ts'

/** Which positions of an axis are visited. */
export interface Range {
  readonly from: Code
  readonly to: Code
}

/** A position on an axis: what is known when code is emitted, and what is not. */
interface Counter {
  readonly fixed: number
  readonly varying: Code | undefined
}

/** Where a nest of loops stands: the position on each axis visited so far, and the offset in bytes of each group of views. */
export interface Position {
  readonly counters: readonly (Counter | undefined)[]
  readonly offsets: readonly ByteOffset[]
}

/** Views whose elements lie alike: their strides in bytes, by axis. */
export interface Strides {
  readonly groups: readonly (readonly number[])[]
  readonly groupOf: (view: View) => number
}

export function stridesOf(views: readonly (readonly [view: View, bytes: number])[]): Strides {
  const numbers = new Map<string, number>()
  const groups: (readonly number[])[] = []
  const ofView = new Map<View, number>()
  for (const [view, bytes] of views) {
    const strides = view.strides.map((stride) => stride * bytes)
    const key = strides.join()
    const group = numbers.get(key) ?? groups.length
    if (group === groups.length) groups.push(strides)
    numbers.set(key, group)
    ofView.set(view, group)
  }
  return { groups, groupOf: (view) => ofView.get(view) ?? -1 }
}

export const origin = ({ groups }: Strides): Position => ({
  counters: [],
  offsets: groups.map((strides) => ({
    fixed: 0,
    varying: undefined,
    isSigned: strides.some((stride) => stride < 0),
  })),
})

function withCounter(
  { counters }: Position,
  axis: number,
  counter: Counter,
): readonly (Counter | undefined)[] {
  const copy = [...counters]
  copy[axis] = counter
  return copy
}

/** The position moved along an axis by a number of elements known when code is emitted. */
export function moved(position: Position, { groups }: Strides, axis: number, by: number): Position {
  const { fixed = 0, varying } = position.counters[axis] ?? {}
  return {
    counters: withCounter(position, axis, { fixed: fixed + by, varying }),
    offsets: position.offsets.map((offset, group) => ({
      ...offset,
      fixed: offset.fixed + by * (groups[group]?.[axis] ?? 0),
    })),
  }
}

/** The value of a counter. */
export const counterCode = ({ counters }: Position, axis: number): Code => {
  const { fixed = 0, varying } = counters[axis] ?? {}
  if (varying === undefined) return i32(fixed)
  return fixed === 0 ? varying : op('i32.add', varying, i32(fixed))
}

/** A loop over an axis in steps, its counter and offsets in locals; the body stands at each position. */
export function countedLoop(
  { local }: FunctionBuilder,
  position: Position,
  { groups }: Strides,
  axis: number,
  { from, to }: Range,
  step: number,
  body: (position: Position) => Code,
): Code {
  const counter = local('i32')
  const begun: Code[] = []
  const advanced: Code[] = []
  const offsets = position.offsets.map((offset, group): ByteOffset => {
    const stride = groups[group]?.[axis] ?? 0
    if (stride === 0) return offset
    const held = local('i32')
    const start = op('i32.mul', counter.get, i32(stride))
    begun.push(held.set(offset.varying === undefined ? start : op('i32.add', offset.varying, start)))
    advanced.push(held.set(op('i32.add', held.get, i32(stride * step))))
    return { ...offset, varying: held.get }
  })
  const inside: Position = {
    counters: withCounter(position, axis, { fixed: 0, varying: counter.get }),
    offsets,
  }
  return sequence(
    counter.set(from),
    when(
      op('i32.lt_s', counter.get, to),
      sequence(
        ...begun,
        again((label) =>
          sequence(
            body(inside),
            ...advanced,
            branchIf(label, op('i32.lt_s', counter.tee(op('i32.add', counter.get, i32(step))), to)),
          ),
        ),
      ),
    ),
  )
}
