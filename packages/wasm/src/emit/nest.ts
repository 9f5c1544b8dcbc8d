import type { View } from '@pullback/core'
import { branchIf, i32, loop as again, op, sequence, when, type Code } from '../assembler/code.ts'
import type { FunctionBuilder } from '../assembler/module.ts'
import type { ByteOffset } from './addresses.ts'

/** Which positions of an axis are visited. */
export interface Range {
  readonly from: Code
  readonly to: Code
}

/** Where a nest of loops stands: the position on each axis visited so far, and the offset in bytes of each group of views. */
export interface Position {
  readonly counters: ReadonlyMap<number, { readonly fixed: number; readonly varying: Code | undefined }>
  readonly offsets: readonly ByteOffset[]
}

/** Views whose elements lie alike: their strides in bytes, by axis. */
export interface Strides {
  readonly groups: readonly (readonly number[])[]
  readonly groupOf: (view: View, bytes: number) => number
}

const inBytes = ({ strides }: View, bytes: number): readonly number[] =>
  strides.map((stride) => stride * bytes)

export function stridesOf(views: readonly (readonly [view: View, bytes: number])[]): Strides {
  const numbers = new Map<string, number>()
  const groups: (readonly number[])[] = []
  for (const [view, bytes] of views) {
    const strides = inBytes(view, bytes)
    const key = strides.join()
    if (numbers.has(key)) continue
    numbers.set(key, groups.length)
    groups.push(strides)
  }
  return { groups, groupOf: (view, bytes) => numbers.get(inBytes(view, bytes).join()) ?? 0 }
}

export const origin = ({ groups }: Strides): Position => ({
  counters: new Map(),
  offsets: groups.map((strides) => ({
    fixed: 0,
    varying: undefined,
    isSigned: strides.some((stride) => stride < 0),
  })),
})

/** The position moved along an axis by a number of elements known when code is emitted. */
export function moved(position: Position, { groups }: Strides, axis: number, by: number): Position {
  const counter = position.counters.get(axis)
  return {
    counters: new Map(position.counters).set(axis, {
      fixed: (counter?.fixed ?? 0) + by,
      varying: counter?.varying,
    }),
    offsets: position.offsets.map((offset, group) => ({
      ...offset,
      fixed: offset.fixed + by * (groups[group]?.[axis] ?? 0),
    })),
  }
}

/** The value of a counter. */
export const counterCode = ({ counters }: Position, axis: number): Code => {
  const { fixed = 0, varying } = counters.get(axis) ?? {}
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
    counters: new Map(position.counters).set(axis, { fixed: 0, varying: counter.get }),
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
