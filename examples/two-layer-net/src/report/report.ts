import { summary, toArray } from '@pullback/core'
import { classNames, featureCount } from '../task/task.ts'
import { shownSettings } from '../settings.ts'
import { predictions } from '../training/predictions.ts'
import { decisionBoundary } from './charts/boundary.ts'
import { accuracyCurves, lossCurves } from './charts/curves.ts'
import { confusionOf } from './confusion.ts'
import { judged, type Findings } from './findings.ts'
import { heading } from './heading.ts'
import { echarts } from './libraries/echarts.ts'
import { graphviz } from './libraries/graphviz.ts'
import { katex } from './libraries/katex.ts'
import { html, type Part } from './markup.ts'
import { page } from './page.ts'
import { confusionMatrix } from './sections/confusionMatrix.ts'
import { asItIs, equationsOf, letteredTwoLayer } from './sections/equationsOf.ts'
import { gradientTable } from './sections/gradientTable.ts'
import { graphDrawing, mostNodes, tooLarge } from './sections/graphDrawing.ts'
import { summaryTable } from './sections/summaryTable.ts'
import { weightImages } from './sections/weights.ts'
import { style } from './style.ts'

/** Which classes were taken for which among the examples that the net is judged by. */
export function judgement({ objective, trained, task }: Findings) {
  const { name, data } = judged({ task })
  const { classes } = predictions(objective.net, trained.last.params, data.features)
  return { name, confusion: confusionOf(toArray(data.labels), classes, data.classes) }
}

const optionsList = (settings: Findings['settings']): Part => {
  const entries = shownSettings(settings).map(
    ([option, value]) =>
      html`<div>
        <dt><code>${option}</code></dt>
        <dd><code>${value}</code></dd>
      </div>`,
  )
  return html`<dl class="options">${entries}</dl>
    <p class="note">The learning rate falls smoothly to a tenth over the steps of the training.</p>`
}

/** The report of a run: a page that stands alone. */
export async function report(findings: Findings): Promise<string> {
  const { settings, task, objective, check, trained } = findings
  const [draw, layOut, typesetter] = await Promise.all([echarts(), graphviz(), katex()])
  const { params } = trained.last
  const { history } = trained
  const summed = summary(objective, { sizes: { N: Math.min(settings.batch, task.train.size) } })
  const readable = summed.rows.length <= mostNodes
  const D = featureCount(task)
  const lettered =
    settings.spec === undefined
      ? letteredTwoLayer({ D, H: settings.hidden, C: task.train.classes }, settings.reg)
      : asItIs(objective)
  const plane = D === 2 ? decisionBoundary(draw, objective.net, params, task) : undefined
  const { name, confusion } = judgement(findings)
  const title = settings.spec === undefined ? `A two-layer net on ${task.title}` : `A net on ${task.title}`
  const curves =
    history.length === 0
      ? undefined
      : html`<div class="pair">${lossCurves(draw, history)}${accuracyCurves(draw, history)}</div>`
  return page(title, [typesetter.style, style], heading(title, findings), [
    { title: 'Training', content: curves },
    { title: 'Decision boundary', content: plane },
    { title: 'Confusion matrix', content: confusionMatrix(confusion, classNames(task.train), name) },
    { title: 'First-layer weights', content: weightImages(params, task) },
    { title: 'Gradient check', content: gradientTable(check) },
    { title: 'Summary', content: summaryTable(summed) },
    { title: 'Graph and equations', content: readable ? undefined : tooLarge(summed.rows.length) },
    { title: 'Graph', content: readable ? graphDrawing(layOut, objective) : undefined },
    {
      title: 'Equations',
      content: readable ? equationsOf(typesetter.typeset, lettered) : undefined,
    },
    { title: 'Options', content: optionsList(settings) },
  ])
}
