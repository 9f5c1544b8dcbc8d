import { branchIf, i32, loop, op, sequence, type Code } from '../assembler/code.ts'
import type { Local } from '../assembler/module.ts'

/** Code for every strip of a width between two ends; the last may begin where there is less than the width left. */
export const inStrips = (start: Local, from: Code, to: Code, width: number, strip: Code): Code =>
  sequence(
    start.set(from),
    loop((again) =>
      sequence(
        strip,
        start.set(op('i32.add', start.get, i32(width))),
        branchIf(again, op('i32.lt_s', start.get, to)),
      ),
    ),
  )

/** Where a strip begins so that it ends within the end: the last one reaches back over the one before. */
export function reachingBack(start: Local, to: Code, width: number): Code {
  const last = op('i32.sub', to, i32(width))
  return op('select', start.get, last, op('i32.lt_s', start.get, last))
}
