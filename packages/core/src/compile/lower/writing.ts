import type { Dtype } from '../../tensor/dtype.ts'
import type { Access, AxisAccess } from './access.ts'
import type { CodeWriter } from './codeList.ts'
import { element } from './element.ts'
import type { Node } from './node.ts'

/** A fragment being written. */
export interface Writing {
  readonly writer: CodeWriter
  readonly dims: readonly number[]
  readonly checked: Set<Node>
  /** The position of the element of a node at an access, in memory or computed here. */
  readonly read: (node: Node, access: Access) => number
}

/** The code for a position along an axis. */
export function writePosition({ writer }: Writing, { start, steps }: AxisAccess, dtype: Dtype): number {
  const used = [...steps.keys()].filter((dim) => steps[dim] !== 0)
  if (used.length === 0) return writer.write({ op: 'constant', value: start, dtype })
  const [only] = used
  if (only !== undefined && used.length === 1 && start === 0 && steps[only] === 1)
    return writer.write({ op: 'index', axis: only, dtype })
  const integer = (value: number) => writer.write({ op: 'constant', value, dtype: 'int32' })
  let total = integer(start)
  for (const dim of used) {
    const index = writer.write({ op: 'index', axis: dim, dtype: 'int32' })
    const times = writer.write({ op: 'mul', operands: [index, integer(element(steps, dim))], dtype: 'int32' })
    total = writer.write({ op: 'add', operands: [total, times], dtype: 'int32' })
  }
  return dtype === 'int32' ? total : writer.write({ op: 'cast', operands: [total], dtype })
}
