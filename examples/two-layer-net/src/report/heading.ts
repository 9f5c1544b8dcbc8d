import { totals } from '../gradient/gradientCheck.ts'
import { grouped } from '../numbers/grouped.ts'
import { percent } from '../numbers/percent.ts'
import { grownLoss } from '../training/grownLoss.ts'
import type { Findings } from './findings.ts'
import { html, type Markup } from './markup.ts'
import { unbroken } from './unbroken.ts'

const figure = (term: string, value: string, of?: string): Markup =>
  html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
    ${of === undefined ? undefined : html`<dd class="of">${of}</dd>`}
  </div>`

const capital = (sentence: string): string => sentence.slice(0, 1).toUpperCase() + sentence.slice(1)

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
  const grown = grownLoss(trained.firstLoss, train.loss)
  const stopped = html`<p class="stopped">
    Training was stopped at step ${grouped(trained.last.step)}, in epoch ${grouped(trained.last.epoch)} of
    ${grouped(settings.epochs)}.
  </p>`
  return html`<h1>${title}</h1>
    <p class="lead">
      ${sizes.join(', ')} examples; ${unbroken(task.preparation)}. Trained in
      ${unbroken(`${grouped(seconds, 1)} s`)}.
    </p>
    ${trained.interrupted ? stopped : undefined}
    ${grown === undefined ? undefined : html`<p class="stopped">${unbroken(capital(grown))}.</p>`}
    <dl class="figures">
      ${figure('train accuracy', percent(train.accuracy ?? 0))}
      ${figure('validation accuracy', percent(validation.accuracy ?? 0))}
      ${test === undefined ? undefined : figure('test accuracy', percent(test.accuracy ?? 0))}
      ${figure('parameters', grouped(size))}
      ${figure(
        'gradients that agree',
        `${grouped(agreeing)} of ${grouped(checked)}`,
        checked === size ? undefined : `a sample of ${grouped(size)}`,
      )}
    </dl>`
}
