import { fold, type Backend } from '@pullback/core'
import { batchAt } from '../batchAt.ts'
import { keyFor, ordersOf, type Course, type Run } from '../course.ts'
import { backendFailure } from '../failure/backendFailure.ts'
import { roundedFailure, trainingFailure } from '../failure/notFinite.ts'
import { frozenCursor, type Moment } from '../moment.ts'
import type { Snapshot } from '../snapshot.ts'
import { computeStep, trainingStep } from '../trainingStep.ts'
import { isSound } from './isSound.ts'
import { replay } from './replay.ts'
import { stepping } from './stepping.ts'

/** After how many steps, at the latest, all of what is carried is looked at, and kept if it is finite. */
const lookEvery = 256

/**
 * The steps of a run as a compiled fold, in which each step looks at its loss alone. If that, or what is carried where
 * it is looked at, is not finite, the steps since the last sound moment are taken again, which gives the same numbers,
 * and the first bad step is diagnosed by the reference.
 */
export function compiledCourse(run: Run, backend: Backend): Course {
  const { objective, options, examples, gauges, start } = run
  const { count } = examples
  const { description } = backend
  const stepped = trainingStep(objective, options.optimizer, gauges)
  const key = keyFor(run, 'step')
  const orderOf = ordersOf(run)
  const steps = stepping({ run, backend, key, stepped })
  const names = Object.keys(gauges)
  const paths = names.map((name) => `sums.${name}`)
  let { epoch, position, step } = start.cursor
  let loss = start.cursor.totals['loss'] ?? 0
  const sums = names.map((name) => start.cursor.totals[name] ?? 0)
  let sound = start

  const expressionsAt = (moment: Moment, positions: Int32Array) => {
    const batch = batchAt(examples.inputs, positions)
    const stepKey = fold(key, moment.cursor.step)
    return { batch, key: stepKey, expressions: stepped(moment, batch, stepKey) }
  }

  /** The error of the first step since the last sound moment that gave a number that is not finite. */
  const unsound = (until: number, last: Snapshot | undefined): Error => {
    const found = replay(steps, sound, until, orderOf)
    if (found === undefined)
      return backendFailure(
        `${description} gave numbers that are not finite`,
        'taken again, the same steps gave others',
        { step: until, epoch },
        last,
      )
    const { before: moment, positions, loss: value, after } = found
    const failed = { objective, moment, positions, last, ...expressionsAt(moment, positions) }
    return trainingFailure(failed) ?? roundedFailure(failed, value, after)
  }

  /** The error of a step that could not be computed. */
  const failure = (error: unknown, positions: Int32Array, last: Snapshot | undefined): Error => {
    // What is wrong with the examples or the net is wrong for the reference, too, and its error says so.
    computeStep(expressionsAt({ ...sound, cursor: { ...sound.cursor, step } }, positions).expressions)
    return backendFailure(`${description} failed`, error, { step: step + 1, epoch }, last)
  }

  const looked = (last: Snapshot | undefined): Moment => {
    const { params, optimizerState, state } = steps.snapshot()
    if (!isSound({ params, optimizerState, state })) throw unsound(step, last)
    const { seed, batch } = start.cursor
    const totals = Object.fromEntries([
      ['loss', loss],
      ...names.map((name, index) => [name, sums[index] ?? 0]),
    ])
    const cursor = frozenCursor({ seed, epoch, position, step, count, batch, totals })
    sound = { params, optimizerState, state, cursor }
    return sound
  }

  return {
    backend: description,
    position: () => position,
    steps: () => step,
    moment: looked,
    nextEpoch() {
      epoch += 1
      position = 0
      loss = 0
      sums.fill(0)
    },
    step(last) {
      const order = orderOf(epoch)
      const length = Math.min(options.batch, count - position)
      try {
        steps.take(order, position, length, step)
      } catch (error) {
        throw failure(error, order.slice(position, position + length), last)
      }
      const value = steps.result('loss')
      if (!Number.isFinite(value)) throw unsound(step + 1, last)
      loss += value * length
      for (let index = 0; index < sums.length; index++)
        sums[index] = (sums[index] ?? 0) + steps.result(paths[index] ?? '')
      position += length
      step += 1
      if (step - sound.cursor.step >= lookEvery) looked(last)
    },
  }
}
