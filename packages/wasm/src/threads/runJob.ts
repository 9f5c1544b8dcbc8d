import { block, branch, branchIf, i32, loop, op, sequence, when, type Code } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import type { FunctionReference, Local, ModuleBuilder } from '../assembler/module.ts'
import { namedFunction } from '../assembler/namedFunction.ts'
import { control } from './control.ts'
import { isOpen, jobWord, mostChunks, nextChunk, noJob } from './jobWord.ts'
import { scratchOf, stageSignature, workerFailed, workerStopped } from './stage.ts'
import {
  addToWord,
  claimNext,
  exchangeJob,
  loadJob,
  loadWord,
  loadWordOf,
  notifyWord,
  storeJob,
  storeWord,
} from './words.ts'

/** Runs all chunks in the main thread. */
const alone = (module: ModuleBuilder, position: Local, chunks: Local, chunk: Local): Code =>
  countUp(
    chunk,
    i32(0),
    chunks.get,
    1,
    module.callTable(stageSignature, position.get, chunk.get, scratchOf(i32(0))),
  )

/** Defines `run` for a pool without workers. */
export const defineRunAlone = (module: ModuleBuilder): FunctionReference =>
  namedFunction(module, ['program', 'position', 'chunks', 'wakes'], ['i32'], ({ position, chunks }, local) =>
    sequence(alone(module, position, chunks, local('i32')), i32(0)),
  )

/** Whether a worker, of so many, has loaded a program. */
const defineIsLoaded = (module: ModuleBuilder, workers: number): FunctionReference =>
  namedFunction(module, ['program'], ['i32'], ({ program }, local) => {
    const thread = local('i32')
    const hasLoaded = op('i32.ge_s', loadWordOf(control.loaded, thread.get), program.get)
    return sequence(
      when(loadWord(control.alone), op('return', i32(0))),
      countUp(thread, i32(1), i32(workers + 1), 1, when(hasLoaded, op('return', i32(1)))),
      i32(0),
    )
  })

/** The main thread's side of a pool with workers. */
export interface Running {
  /** Runs all chunks of a stage. */
  readonly run: FunctionReference
  /** After a trap in `run`: closes the job and waits until no worker is at it; gives what `run` gives. */
  readonly close: FunctionReference
}

/** Defines how the main thread opens a job for so many workers, takes part in it and waits for its end. */
export function defineRunning(
  module: ModuleBuilder,
  workers: number,
  waitForDone: FunctionReference,
): Running {
  const isLoaded = defineIsLoaded(module, workers)
  // A trap leaves `run` at once, so what it has claimed is known outside it.
  const mine = module.globalI32(0)

  /** Waits for what workers have claimed, and says how the job has ended, once. */
  const end = (allClaimed: Code): Code =>
    sequence(
      when(
        waitForDone.call(op('i32.sub', allClaimed, mine.get)),
        sequence(storeWord(control.broken, i32(1)), op('return', i32(workerStopped))),
      ),
      op('select', i32(workerFailed), i32(0), loadWord(control.failed)),
      storeWord(control.failed, i32(0)),
    )

  const run = namedFunction(
    module,
    ['program', 'position', 'chunks', 'wakes'],
    ['i32'],
    ({ program, position, chunks, wakes }, local) => {
      const word = local('i64')
      const chunk = local('i32')
      const needsWorkers = op(
        'i32.and',
        op('i32.gt_s', chunks.get, i32(1)),
        op('i32.le_s', chunks.get, i32(mostChunks)),
      )
      const anyAwake = op('i32.lt_s', loadWord(control.sleepers), i32(workers))
      const canBeHelped = op('i32.and', op('i32.or', wakes.get, anyAwake), isLoaded.call(program.get))
      return sequence(
        when(loadWord(control.broken), op('return', i32(workerStopped))),
        when(
          op('i32.eqz', op('i32.and', needsWorkers, canBeHelped)),
          sequence(alone(module, position, chunks, chunk), op('return', i32(0))),
        ),
        mine.set(i32(0)),
        storeWord(control.done, i32(0)),
        storeWord(control.failed, i32(0)),
        storeJob(jobWord(program.get, position.get, chunks.get)),
        when(
          op('i32.and', wakes.get, op('i32.gt_s', loadWord(control.sleepers), i32(0))),
          sequence(addToWord(control.wake, 1), notifyWord(control.wake, op('i32.sub', chunks.get, i32(1)))),
        ),
        block((finished) =>
          loop((again) =>
            sequence(
              word.set(loadJob),
              branchIf(finished, op('i32.eqz', isOpen(word))),
              branchIf(again, op('i32.eqz', claimNext(word))),
              mine.set(op('i32.add', mine.get, i32(1))),
              module.callTable(stageSignature, position.get, nextChunk(word), scratchOf(i32(0))),
              branch(again),
            ),
          ),
        ),
        end(chunks.get),
      )
    },
  )
  const close = namedFunction(module, [], ['i32'], (_, local) => {
    const word = local('i64')
    return sequence(
      word.set(exchangeJob(noJob)),
      // What trapped may have been outside of any job.
      when(op('i64.eqz', word.get), op('return', i32(0))),
      end(nextChunk(word)),
    )
  })
  return { run, close }
}
