import { fold, type Backend } from '@pullback/core'
import { isReference } from '../backend/isReference.ts'
import { measure } from '../metrics/measure.ts'
import { measureBy } from '../metrics/measureBy.ts'
import type { Measurements } from '../metrics/measurements.ts'
import { keyFor, type Run } from './course.ts'
import { validationFailure } from './failure/notFinite.ts'
import { backendFailure } from './failure/backendFailure.ts'
import type { Moment } from './moment.ts'
import type { Snapshot } from './snapshot.ts'

/** A copy of measurements that cannot be changed. */
export const frozenMeasurements = ({ loss, accuracy, metrics }: Measurements): Measurements =>
  Object.freeze({ loss, accuracy, metrics: Object.freeze({ ...metrics }) })

/** Measures the validation examples of a run, if it has any, at a moment. */
export function validatorOf(run: Run, backend: Backend) {
  const { objective, gauges, validation, options } = run
  const key = keyFor(run, 'validation')
  const measured = measureBy(objective, gauges, backend)
  const batch = Math.max(options.batch, 1000)
  return (moment: Moment, last: Snapshot | undefined): Measurements | undefined => {
    if (validation === undefined) return undefined
    const { params, state, cursor } = moment
    const given = [params, validation, batch, { state, key: fold(key, cursor.step) }] as const
    const found = ((): Measurements => {
      try {
        return measured(...given)
      } catch (error) {
        if (isReference(backend)) throw error
        // What is wrong with the data is wrong for the reference, too, and its error says so.
        measure(objective, gauges, ...given)
        throw backendFailure(
          `${backend.description} failed to measure the validation data`,
          error,
          cursor,
          last,
        )
      }
    })()
    if (Number.isFinite(found.loss)) return frozenMeasurements(found)
    throw validationFailure(found.loss, validation.inputs, cursor, last)
  }
}
