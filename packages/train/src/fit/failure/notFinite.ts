import { toNumber, type Key, type Objective } from '@pullback/core'
import type { Inputs } from '../../metrics/metric.ts'
import { badRow, culpritAfter, diagnose, type Culprit } from './diagnose.ts'
import type { Moment } from '../moment.ts'
import type { Cursor, Snapshot } from '../snapshot.ts'
import { TrainingError } from './trainingError.ts'
import type { Stepped, Trained } from '../trainingStep.ts'

/** A step whose numbers are not finite, and what was known before it. */
export interface FailedStep {
  readonly objective: Objective
  readonly moment: Moment
  readonly batch: Inputs
  /** Where in the data the examples of the batch are. */
  readonly positions: Int32Array
  readonly key: Key
  readonly expressions: Stepped
  readonly last: Snapshot | undefined
}

const showNumber = (value: number): string =>
  Number.isFinite(value) ? `${Number(value.toPrecision(4))}` : Number.isNaN(value) ? 'NaN' : 'infinite'

const lastGood = (last: Snapshot | undefined): string =>
  last === undefined ? 'there is no snapshot before' : `the last good snapshot is of step ${last.step}`

/** The error of a step whose loss, or what it hands on, is not finite; `found` is the first such tensor. */
function failureAt(
  { epoch, step: before }: Cursor,
  loss: number,
  { name, isInput, row }: Culprit,
  positions: Int32Array,
  last: Snapshot | undefined,
): TrainingError {
  const step = before + 1
  const culprit = isInput ? `${name}, at example ${positions[row]}` : name
  const finding = Number.isFinite(loss)
    ? `the loss is still ${showNumber(loss)}, but not all is finite`
    : `the loss is ${showNumber(loss)}`
  const hint = isInput ? 'mend or leave out that example' : 'a lower learning rate may help'
  return new TrainingError(
    `fit: ${finding} at step ${step} (epoch ${epoch}): the first tensor that is not finite is ${culprit}; ${lastGood(last)}; ${hint}`,
    { step, epoch, culprit: name },
    last,
  )
}

/** The error that ends a run at a step whose loss, or what it hands on, is not finite; undefined if all of it is. */
export function trainingFailure(failed: FailedStep): TrainingError | undefined {
  const { objective, moment, batch, positions, key, expressions, last } = failed
  const found = diagnose(objective, moment, batch, key, expressions)
  return found && failureAt(moment.cursor, toNumber(expressions.loss), found, positions, last)
}

/**
 * The same for a step whose numbers are not finite as a backend rounds them, though the reference finds none: what the
 * backend gave says which they are.
 */
export const roundedFailure = (
  { moment, positions, last }: Pick<FailedStep, 'moment' | 'positions' | 'last'>,
  loss: number,
  after: Trained,
): TrainingError => failureAt(moment.cursor, loss, culpritAfter(loss, after), positions, last)

/** The error that ends a run where the loss of the validation data is not finite. */
export function validationFailure(
  loss: number,
  validation: Inputs,
  { step, epoch }: Cursor,
  last: Snapshot | undefined,
): TrainingError {
  const bad = Object.entries(validation).find(([, tensor]) => badRow(tensor) >= 0)
  const culprit = bad === undefined ? 'the validation loss' : `the validation input '${bad[0]}'`
  const where = bad === undefined ? culprit : `${culprit}, at example ${badRow(bad[1])}`
  return new TrainingError(
    `fit: the validation loss is ${showNumber(loss)} after step ${step} (epoch ${epoch}): the first tensor that is not finite is ${where}; ${lastGood(last)}`,
    { step, epoch, culprit },
    last,
  )
}
