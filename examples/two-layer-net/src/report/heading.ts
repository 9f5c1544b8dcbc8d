import { totals } from '../gradient/gradientCheck.ts'
import { percent } from '../progress/percent.ts'
import type { Findings } from './findings.ts'
import { html, type Markup } from './markup.ts'

const grouped = (value: number): string => value.toLocaleString('en-US')

const figure = (term: string, value: string): Markup =>
  html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`

/** What the report is about, and the figures that matter most. */
export function heading(title: string, findings: Findings): Markup {
  const { task, measured, check, trained, settings, seconds } = findings
  const { train, validation, test } = measured
  const { size, checked, agreeing } = totals(check)
  const sizes = [
    `${grouped(task.train.size)} training`,
    `${grouped(task.validation.size)} validation`,
    ...(task.test === undefined ? [] : [`${grouped(task.test.size)} test`]),
  ]
  const stopped = html`<p class="stopped">
    Training was stopped at step ${grouped(trained.last.step)}, in epoch ${trained.last.epoch} of
    ${grouped(settings.epochs)}.
  </p>`
  return html`<h1>${title}</h1>
    <p class="lead">${sizes.join(', ')} examples; ${task.preparation}. Trained in ${seconds.toFixed(1)} s.</p>
    ${trained.interrupted ? stopped : undefined}
    <dl class="figures">
      ${figure('train accuracy', percent(train.accuracy ?? 0))}
      ${figure('validation accuracy', percent(validation.accuracy ?? 0))}
      ${test === undefined ? undefined : figure('test accuracy', percent(test.accuracy ?? 0))}
      ${figure('parameters', grouped(size))}
      ${figure('gradients that agree', `${grouped(agreeing)} of ${grouped(checked)}`)}
    </dl>`
}
