import type { Backend } from '@pullback/core'
import { isReference } from '../backend/isReference.ts'
import { loadBackend } from '../backend/loadBackend.ts'
import { means } from '../metrics/measurements.ts'
import { frozen } from '../trees/frozen.ts'
import { compiledCourse } from './compiled/compiledCourse.ts'
import type { Course, Run } from './course.ts'
import { interpreted } from './interpreted.ts'
import { nextEpoch } from './moment.ts'
import { pauses } from './pause.ts'
import type { Snapshot } from './snapshot.ts'
import { frozenMeasurements, validatorOf } from './validator.ts'

const courseOf = (run: Run, backend: Backend): Course =>
  isReference(backend) ? interpreted(run, backend) : compiledCourse(run, backend)

/** The snapshots of a run, from its start to its end. */
export async function* snapshots(run: Run): AsyncGenerator<Snapshot, void, undefined> {
  const { options, examples, start } = run
  const { epochs, every, resume } = options
  const { count } = examples
  if (start.cursor.epoch > epochs) return
  const backend = await loadBackend(options.backend ?? 'auto')
  const course = courseOf(run, backend)
  const validated = validatorOf(run, backend)
  const pause = pauses()
  let last: Snapshot | undefined = resume
  for (let { epoch } = start.cursor; epoch <= epochs; epoch++) {
    while (course.position() < count) {
      course.step(last)
      if (pause.areDue()) await pause.take()
      const isEnd = course.position() === count
      if (every === undefined ? isEnd : course.steps() % every === 0 || (isEnd && epoch === epochs)) {
        const moment = course.moment(last)
        const { params, optimizerState, state, cursor } = moment
        last = Object.freeze({
          epoch,
          step: cursor.step,
          ...frozenMeasurements(means(cursor.totals, cursor.position)),
          validation: validated(moment, last),
          backend: course.backend,
          params: frozen(params),
          optimizerState: frozen(optimizerState),
          state: frozen(state),
          cursor: isEnd ? nextEpoch(cursor) : cursor,
        })
        yield last
      }
    }
    course.nextEpoch()
  }
}
