import { block, branch, branchIf, f64, i32, loop, op, sequence, when, type Code } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import type { FunctionReference, Local, ModuleBuilder } from '../assembler/module.ts'
import { namedFunction } from '../assembler/namedFunction.ts'
import { awakeMicroseconds, looksPerClock } from './awake.ts'
import { control } from './control.ts'
import { isOpen, nextChunk, positionOf, programOf } from './jobWord.ts'
import { scratchOf, stageSignature } from './stage.ts'
import {
  addToWord,
  claimNext,
  loadJob,
  loadWord,
  loadWordOf,
  notifyWord,
  storeWordOf,
  waitOnWord,
} from './words.ts'

/** A worker that sleeps no longer than this looks for work longer before it does. */
const shortSleepMilliseconds = (2 * awakeMicroseconds) / 1000
/** For how long it looks at least. */
const leastMicroseconds = 4

/** Takes chunks of open jobs until there is none left. */
const defineHelp = (module: ModuleBuilder, mayClaim: MayClaim): FunctionReference =>
  namedFunction(module, ['thread'], [], ({ thread }, local) => {
    const word = local('i64')
    return block((finished) =>
      loop((again) =>
        sequence(
          word.set(loadJob),
          branchIf(finished, op('i32.eqz', mayClaim(word, thread))),
          branchIf(again, op('i32.eqz', claimNext(word))),
          module.callTable(stageSignature, positionOf(word), nextChunk(word), scratchOf(thread.get)),
          addToWord(control.done, 1),
          when(loadWord(control.mainWaits), notifyWord(control.done, i32(1))),
          branch(again),
        ),
      ),
    )
  })

type MayClaim = (word: Local, thread: Local) => Code

/** Whether a job is open whose program the thread has loaded: what it has not loaded it cannot call. */
const mayClaim: MayClaim = (word, thread) =>
  op('i32.and', isOpen(word), op('i32.le_s', programOf(word), loadWordOf(control.loaded, thread.get)))

const isOffered = (received: Local): Code => op('i32.ne', loadWord(control.offered), received.get)

/** Sleeps until it is woken, unless there is something to do. */
const defineSleep = (module: ModuleBuilder): FunctionReference =>
  namedFunction(module, ['thread', 'received'], [], ({ thread, received }, local) => {
    const word = local('i64')
    const wake = local('i32')
    // Who opens a job looks for sleepers after that, and a sleeper looks for jobs after it counts as one: one of them
    // sees the other. What changes after the wake word was read wakes the sleeper, or keeps it from sleeping.
    return sequence(
      addToWord(control.sleepers, 1),
      storeWordOf(control.asleep, thread.get, i32(1)),
      wake.set(loadWord(control.wake)),
      word.set(loadJob),
      when(
        op('i32.eqz', op('i32.or', isOffered(received), mayClaim(word, thread))),
        waitOnWord(control.wake, wake.get, -1),
      ),
      storeWordOf(control.asleep, thread.get, i32(0)),
      addToWord(control.sleepers, -1),
    )
  })

/** Defines whether there is something to do, looking for so many microseconds. */
const defineLook = (module: ModuleBuilder, clock: FunctionReference): FunctionReference =>
  namedFunction(
    module,
    ['thread', 'received', 'microseconds'],
    ['i32'],
    ({ thread, received, microseconds }, local) => {
      const word = local('i64')
      const looks = local('i32')
      const end = local('f64')
      const duration = op('f64.mul', op('f64.convert_i32_s', microseconds.get), f64(0.001))
      return sequence(
        end.set(op('f64.add', clock.call(), duration)),
        loop((again) =>
          sequence(
            countUp(
              looks,
              i32(0),
              i32(looksPerClock),
              1,
              sequence(
                word.set(loadJob),
                when(op('i32.or', isOffered(received), mayClaim(word, thread)), op('return', i32(1))),
              ),
            ),
            branchIf(again, op('f64.lt', clock.call(), end.get)),
          ),
        ),
        i32(0),
      )
    },
  )

/**
 * Defines what a worker does between messages, a function of its thread and of how many messages it has received: it does
 * what there is to do until more are offered. Loops that last are functions: only a call reaches optimized code.
 */
export function defineWork(module: ModuleBuilder, clock: FunctionReference): FunctionReference {
  const help = defineHelp(module, mayClaim)
  const sleep = defineSleep(module)
  const look = defineLook(module, clock)
  return namedFunction(module, ['thread', 'received'], [], ({ thread, received }, local) => {
    // Who was woken soon should have stayed awake. Who was not has better slept at once: where other programs keep the
    // cores busy, a worker that looks for work holds up the very thread that gives it.
    const awake = local('i32')
    const since = local('f64')
    const isShort = op('f64.lt', op('f64.sub', clock.call(), since.get), f64(shortSleepMilliseconds))
    const less = op(
      'select',
      op('i32.shr_u', awake.get, i32(1)),
      awake.get,
      op('i32.gt_s', awake.get, i32(leastMicroseconds)),
    )
    return sequence(
      awake.set(i32(awakeMicroseconds)),
      loop((again) =>
        sequence(
          help.call(thread.get),
          when(isOffered(received), op('return')),
          when(
            op('i32.eqz', look.call(thread.get, received.get, awake.get)),
            sequence(
              since.set(clock.call()),
              sleep.call(thread.get, received.get),
              awake.set(op('select', i32(awakeMicroseconds), less, isShort)),
            ),
          ),
          branch(again),
        ),
      ),
    )
  })
}
