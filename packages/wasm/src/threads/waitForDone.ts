import { access, block, branch, branchIf, f64, i32, loop, op, sequence, when } from '../assembler/code.ts'
import type { FunctionReference, ModuleBuilder } from '../assembler/module.ts'
import { control } from './control.ts'
import { namedFunction } from './namedFunction.ts'
import { loadWord, storeWord, waitOnWord } from './words.ts'

/** How long the main thread sleeps before it looks at the clock, if nobody wakes it. */
const napMilliseconds = 100
/** How often it looks for an end, where it must not sleep, before it looks at the clock. */
const looksPerClock = 10_000
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
    const look = (times: ReturnType<typeof i32>) =>
      sequence(
        looks.set(times),
        loop((again) =>
          sequence(
            when(isDone, sequence(storeWord(control.mainWaits, i32(0)), op('return', i32(0)))),
            branchIf(again, op('i32.gt_s', looks.tee(op('i32.sub', looks.get, i32(1))), i32(0))),
          ),
        ),
      )
    return sequence(
      look(loadWord(control.spins)),
      storeWord(control.mainWaits, i32(1)),
      last.set(clock.call()),
      block((overLimit) =>
        loop((again) =>
          sequence(
            look(i32(1)),
            when(
              loadWord(control.mayWait),
              waitOnWord(control.done, done.get, napMilliseconds),
              look(i32(looksPerClock)),
            ),
            now.set(clock.call()),
            waited.set(
              op('f64.add', waited.get, op('f64.min', op('f64.sub', now.get, last.get), f64(mostPerClock))),
            ),
            last.set(now.get),
            branchIf(overLimit, op('f64.gt', waited.get, access('f64.load', control.limit, i32(0)))),
            branch(again),
          ),
        ),
      ),
      i32(1),
    )
  })
