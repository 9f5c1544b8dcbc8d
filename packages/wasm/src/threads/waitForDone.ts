import {
  access,
  block,
  branch,
  branchIf,
  f64,
  i32,
  loop,
  op,
  sequence,
  when,
  type Code,
} from '../assembler/code.ts'
import type { FunctionReference, ModuleBuilder } from '../assembler/module.ts'
import { namedFunction } from '../assembler/namedFunction.ts'
import { awakeMicroseconds, looksPerClock } from './awake.ts'
import { control } from './control.ts'
import { loadWord, storeWord, waitOnWord } from './words.ts'

/** How long the main thread sleeps before it looks again, if nobody wakes it. */
const napMilliseconds = 100
/** What passes at most from one look at the clock to the next: a process that was stopped meanwhile has not waited. */
const mostPerClock = 2 * napMilliseconds

/**
 * Defines how the main thread waits until workers have finished so many chunks: it looks for a while, then it sleeps; it
 * gives 1 if they have not within the limit. Workers wake it, after each chunk, if its word says that it sleeps.
 */
export const defineWaitForDone = (module: ModuleBuilder, clock: FunctionReference): FunctionReference =>
  namedFunction(module, ['needed'], ['i32'], ({ needed }, local) => {
    const looks = local('i32')
    const done = local('i32')
    const last = local('f64')
    const now = local('f64')
    const waited = local('f64')
    const isDone = op('i32.eq', done.tee(loadWord(control.done)), needed.get)
    /** Looks so often, and returns as soon as all is done. */
    const look = (times: number): Code =>
      sequence(
        looks.set(i32(times)),
        loop((again) =>
          sequence(
            when(isDone, sequence(storeWord(control.mainWaits, i32(0)), op('return', i32(0)))),
            branchIf(again, op('i32.gt_s', looks.tee(op('i32.sub', looks.get, i32(1))), i32(0))),
          ),
        ),
      )
    const passed = op('f64.min', op('f64.sub', now.tee(clock.call()), last.get), f64(mostPerClock))
    const hasWaited = (milliseconds: Code): Code => op('f64.gt', waited.get, milliseconds)
    return sequence(
      look(1),
      last.set(clock.call()),
      block((overLimit) =>
        loop((again) =>
          sequence(
            look(looksPerClock),
            waited.set(op('f64.add', waited.get, passed)),
            last.set(now.get),
            branchIf(overLimit, hasWaited(access('f64.load', control.limit, i32(0)))),
            when(
              op('i32.and', loadWord(control.mayWait), hasWaited(f64(awakeMicroseconds / 1000))),
              sequence(
                storeWord(control.mainWaits, i32(1)),
                // Who finishes a chunk before the word is seen does not wake anybody.
                look(1),
                waitOnWord(control.done, done.get, napMilliseconds),
              ),
            ),
            branch(again),
          ),
        ),
      ),
      i32(1),
    )
  })
