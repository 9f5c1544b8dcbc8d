import type { Objective } from '@pullback/core'
import { evaluateMetrics, fit, TrainingError, type Optimizer, type Snapshot } from '@pullback/train'
import * as E from '#fp/Either'
import { fail, type Failure } from '../failure.ts'
import { inputsOf, type Task } from '../task/task.ts'
import type { Epoch, Trained } from './history.ts'

/** How a net is trained. */
export interface Training {
  readonly optimizer: Optimizer
  readonly epochs: number
  readonly batch: number
  readonly seed: number
  /** Ends training at the next step. */
  readonly interrupted: AbortSignal
  /** Is told of every step and, where one ends, of the epoch. */
  readonly watch: (snapshot: Snapshot, epoch: Epoch | undefined) => void
}

/** How many steps an epoch takes: the last batch may be short. */
export const stepsPerEpoch = (task: Task, batch: number): number => Math.ceil(task.train.size / batch)

/**
 * Trains a net, measuring it on the validation examples at the end of every epoch.
 *
 * Every step gives a snapshot, so that leaving the loop is all it takes to stop. A run whose numbers are no longer
 * finite, or that is stopped before its first step, is a failure.
 */
export async function train(
  objective: Objective,
  task: Task,
  { optimizer, epochs, batch, seed, interrupted, watch }: Training,
): Promise<E.Either<Failure, Trained>> {
  const validation = inputsOf(task.validation)
  const history: Epoch[] = []
  let firstLoss: number | undefined
  let last: Snapshot | undefined
  try {
    const options = { data: inputsOf(task.train), optimizer, epochs, batch, seed, every: 1 }
    for await (const snapshot of fit(objective, options)) {
      if (interrupted.aborted) break
      firstLoss ??= snapshot.loss
      last = snapshot
      const ended = snapshot.cursor.position === 0
      const epoch = ended
        ? measured(snapshot, evaluateMetrics(objective)(snapshot.params, validation))
        : undefined
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
