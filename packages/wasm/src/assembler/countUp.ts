import { branchIf, i32, loop, op, sequence, when, type Code } from './code.ts'
import type { Local } from './module.ts'

/** A body for each value of a local from `from` up to `to`, excluded, in steps of `step`; both ends are signed. */
export const countUp = (counter: Local, from: Code, to: Code, step: number, body: Code): Code =>
  sequence(
    counter.set(from),
    when(
      op('i32.lt_s', counter.get, to),
      loop((again) =>
        sequence(
          body,
          branchIf(again, op('i32.lt_s', counter.tee(op('i32.add', counter.get, i32(step))), to)),
        ),
      ),
    ),
  )
