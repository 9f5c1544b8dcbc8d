import { summary } from '@pullback/core'
import { classNames } from '../task/task.ts'
import type { Findings } from './findings.ts'
import { judgement } from './report.ts'

/** All figures of a run as JSON text. */
export function figures(findings: Findings): string {
  const { settings, task, objective, check, trained, measured, seconds } = findings
  const { history, last, interrupted } = trained
  const data = {
    settings,
    data: {
      title: task.title,
      preparation: task.preparation,
      examples: { train: task.train.size, validation: task.validation.size, test: task.test?.size },
      classes: classNames(task.train),
    },
    summary: summary(objective),
    gradientCheck: check,
    training: { seconds, steps: last.step, interrupted, history },
    measured,
    judgement: judgement(findings),
  }
  return `${JSON.stringify(data, null, 2)}\n`
}
