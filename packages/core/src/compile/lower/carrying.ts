import type { Carry } from '../plan.ts'
import { stridesOf } from '../../tensor/shape.ts'
import type { Cell } from './cell.ts'
import { sameReach } from './codeList.ts'
import { element } from './element.ts'
import type { Group } from './group.ts'
import type { TaskList } from './taskList.ts'

/** An output that can be written over the input it is carried to, by a kernel, once all others have read the input. */
export interface InPlace {
  readonly output: Cell
  readonly input: Cell
  readonly group: Group
  /** The other kernels that read the input. */
  readonly readers: readonly Group[]
}

function inPlace(output: Cell, input: Cell): InPlace | undefined {
  const [writer, ...others] = output.writers
  if (output === input || output.source.kind !== 'output') return undefined
  if (writer?.kind !== 'store' || !writer.whole || writer.group === undefined || others.length > 0)
    return undefined
  if (output.dtype !== input.dtype || output.length !== input.length) return undefined
  const { group } = writer
  if (group.head?.reads.includes(input) === true) return undefined
  const own = { offset: 0, strides: stridesOf(group.dims) }
  const loads = group.loop.flatMap(({ fragment }) => fragment.loads).filter(({ cell }) => cell === input)
  if (!loads.every((load) => sameReach(load, own))) return undefined
  const readers = new Set(input.readers.flatMap((task) => task.group ?? []))
  readers.delete(group)
  return { output, input, group, readers: [...readers] }
}

/** The carried outputs that may be written in place, each provided that the kernels can be ordered so. */
export const inPlaceOf = (carried: readonly Carry[], { inputs, outputs }: TaskList): readonly InPlace[] =>
  carried.flatMap(({ output, input }) => inPlace(element(outputs, output), element(inputs, input)) ?? [])
