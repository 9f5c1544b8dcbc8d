import type { AnyTensor, Backend, Objective, TreeRecord } from '@pullback/core'
import {
  evaluateMetrics,
  fit,
  TrainingError,
  type FitOptions,
  type Optimizer,
  type Snapshot,
} from '@pullback/train'
import * as E from '#fp/Either'
import { fail, type Failure } from '../failure.ts'
import { inputsOf, type Task } from '../task/task.ts'
import { snapshotEvery } from './snapshotEvery.ts'
import type { Epoch, Trained } from './history.ts'

/** How a net is trained. */
export interface Training {
  readonly optimizer: Optimizer
  readonly epochs: number
  readonly batch: number
  readonly seed: number
  readonly backend: Backend
  /** Ends training at the next snapshot. */
  readonly interrupted: AbortSignal
  /** Is told of every snapshot and, where one ends, of the epoch. */
  readonly watch: (snapshot: Snapshot, epoch: Epoch | undefined) => void
}

/** How many steps an epoch takes: the last batch may be short. */
export const stepsPerEpoch = (task: Task, batch: number): number => Math.ceil(task.train.size / batch)

type Options = FitOptions<Readonly<Record<string, AnyTensor>>, TreeRecord>

/** The snapshots of a run: one of the first step, as of nothing else the loss is of a net that has learnt nothing. */
async function* snapshots(objective: Objective, options: Options, steps: number): AsyncGenerator<Snapshot> {
  let first: Snapshot | undefined
  for await (first of fit(objective, { ...options, every: 1 })) break
  if (first === undefined) return
  yield first
  yield* fit(objective, { ...options, every: snapshotEvery(steps), resume: first })
}

/**
 * Trains a net, measuring it on the validation examples at the end of every epoch.
 *
 * There are many snapshots in an epoch, so that leaving the loop is all it takes to stop. A run whose numbers are no
 * longer finite, or that is stopped before its first step, is a failure.
 */
export async function train(
  objective: Objective,
  task: Task,
  { interrupted, watch, ...options }: Training,
): Promise<E.Either<Failure, Trained>> {
  const { backend } = options
  const validation = inputsOf(task.validation)
  const metrics = evaluateMetrics(objective)
  const history: Epoch[] = []
  let firstLoss: number | undefined
  let last: Snapshot | undefined
  try {
    const run = { ...options, data: inputsOf(task.train) }
    for await (const snapshot of snapshots(objective, run, stepsPerEpoch(task, options.batch))) {
      if (interrupted.aborted) break
      firstLoss ??= snapshot.loss
      last = snapshot
      const ended = snapshot.cursor.position === 0
      const epoch = ended ? measured(snapshot, metrics(snapshot.params, validation, { backend })) : undefined
      if (epoch !== undefined) history.push(epoch)
      watch(snapshot, epoch)
    }
  } catch (thrown) {
    if (thrown instanceof TrainingError) return fail(thrown.message)
    throw thrown
  }
  if (last === undefined || firstLoss === undefined) return fail('training was stopped before its first step')
  return E.right({ history, firstLoss, last, interrupted: interrupted.aborted })
}

const measured = (
  { epoch, step, loss, accuracy }: Snapshot,
  { loss: validationLoss, accuracy: validationAccuracy }: Epoch['validation'],
): Epoch => ({
  epoch,
  step,
  train: { loss, accuracy },
  validation: { loss: validationLoss, accuracy: validationAccuracy },
})
