import { block, branch, branchIf, i32, loop, op, sequence, when, type Code } from '../assembler/code.ts'
import type { FunctionReference, Local, ModuleBuilder } from '../assembler/module.ts'
import { control } from './control.ts'
import { isOpen, nextChunk, positionOf, programOf } from './jobWord.ts'
import { namedFunction } from './namedFunction.ts'
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

/** A worker's side of a pool. */
export interface Working {
  /** `work(thread, received)`: does what there is to do, until more messages are offered than were received. */
  readonly work: FunctionReference
  /** `look(thread, received, times)`: whether there is something to do, looking so often. */
  readonly look: FunctionReference
}

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

/** Defines what a worker does between messages. Loops that last are functions: only a call reaches optimized code. */
export function defineWorking(module: ModuleBuilder): Working {
  const help = defineHelp(module, mayClaim)
  const sleep = defineSleep(module)
  const look = namedFunction(
    module,
    ['thread', 'received', 'times'],
    ['i32'],
    ({ thread, received, times }, local) => {
      const word = local('i64')
      return sequence(
        loop((again) =>
          sequence(
            word.set(loadJob),
            when(op('i32.or', isOffered(received), mayClaim(word, thread)), op('return', i32(1))),
            branchIf(again, op('i32.gt_s', times.tee(op('i32.sub', times.get, i32(1))), i32(0))),
          ),
        ),
        i32(0),
      )
    },
  )
  const work = namedFunction(module, ['thread', 'received'], [], ({ thread, received }) =>
    loop((again) =>
      sequence(
        help.call(thread.get),
        when(isOffered(received), op('return')),
        when(
          op('i32.eqz', look.call(thread.get, received.get, loadWord(control.spins))),
          sleep.call(thread.get, received.get),
        ),
        branch(again),
      ),
    ),
  )
  return { work, look }
}
