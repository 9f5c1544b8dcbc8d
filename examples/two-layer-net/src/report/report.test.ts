import { affine, fromValues, relu, seed, sequentialFrom } from '@pullback/core'
import { dataset, spirals, take, type Dataset } from '@pullback/data'
import { expect, test } from 'vitest'
import { checkGradient } from '../gradient/checkGradient.ts'
import { classifier } from '../net/classifier.ts'
import { twoLayerNet } from '../net/twoLayerNet.ts'
import { unwrapped } from '../net/unwrapped.fixture.ts'
import { settingsOf } from '../settings.ts'
import type { Task } from '../task/task.ts'
import { figures } from './figures.ts'
import type { Findings } from './findings.ts'
import { report } from './report.ts'

const hostile = `<script>alert("x")</script>'&\u0000`

/** What a run would have found that trained a net not at all. */
function findings(train: Dataset, change: Partial<Findings> = {}): Findings {
  const task: Task = {
    title: hostile,
    train,
    validation: take(train, 10),
    test: undefined,
    preparation: hostile,
    standardised: false,
  }
  const net = unwrapped(twoLayerNet({ D: train.features.shape[1] ?? 0, H: 5, C: train.classes }))
  const objective = unwrapped(classifier(net, train.classes, 0.01))
  const measured = { loss: 1, accuracy: 0.5, metrics: {} }
  const epoch = { train: { loss: 1, accuracy: 0.5 }, validation: { loss: 2, accuracy: 0.25 } }
  return {
    settings: settingsOf({ hidden: 5, out: hostile }),
    task,
    objective,
    check: checkGradient(objective, train, 0),
    trained: {
      history: [1, 2, 3].map((number) => ({ ...epoch, epoch: number, step: number })),
      interrupted: false,
      firstLoss: 1.1,
      last: {
        epoch: 3,
        step: 3,
        ...measured,
        validation: undefined,
        backend: 'reference interpreter',
        params: net.init(seed(0)),
        optimizerState: {},
        state: {},
        cursor: { seed: 0, epoch: 4, position: 0, step: 3, count: 12, batch: 12, totals: {} },
      },
    },
    measured: { train: measured, validation: measured, test: undefined },
    seconds: 1,
    ...change,
  }
}

const points = dataset({
  ...spirals(seed(0), { pointsPerClass: 10 }),
  classNames: [hostile, 'b', 'c'],
  featureNames: [hostile, 'y'],
})

const images = dataset({
  features: fromValues(
    Float32Array.from({ length: 20 * 12 }, (_, at) => (at % 7) / 7),
    [20, 12],
  ),
  labels: fromValues(
    Int32Array.from({ length: 20 }, (_, at) => at % 2),
    [20],
    'int32',
  ),
  classes: 2,
  imageShape: [3, 4],
})

const titles = (page: string) => [...page.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, title]) => title)

test('points get a decision boundary, images their weights, both all the rest', async () => {
  const rest = ['Gradient check', 'Summary', 'Graph', 'Equations', 'Options']
  expect(titles(await report(findings(points)))).toEqual([
    'Training',
    'Decision boundary',
    'Confusion matrix',
    ...rest,
  ])
  const page = await report(findings(images))
  expect(titles(page)).toEqual(['Training', 'Confusion matrix', 'First-layer weights', ...rest])
  expect(
    page.replaceAll(/\s+/g, ' ').match(/<img src="data:image\/png;base64,[^"]+" alt="weights of unit \d"/g),
  ).toHaveLength(5)
})

test('the page stands alone, runs nothing, and takes no text for markup', async () => {
  const page = await report(findings(points))
  const withoutData = page.replaceAll(/data:[\w/]+;base64,[A-Za-z0-9+/=]+/g, 'data:')
  expect(withoutData).not.toMatch(/<script|<iframe|<link|<object|javascript:|@import/i)
  expect(withoutData).not.toMatch(/(?:src|href)=(?!"data:)/)
  expect(withoutData).not.toMatch(/url\((?!data:|"?#)/)
  // Namespaces are names, not addresses: nothing is fetched from them.
  expect(withoutData.replaceAll(/xmlns(?::\w+)?="[^"]*"/g, '')).not.toMatch(/https?:(?!\/\/www\.w3\.org\/)/)
  expect(page.includes('\u0000')).toBe(false)
  expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;\uFFFD')
})

test('every picture has words for those who cannot see it', async () => {
  for (const page of [await report(findings(points)), await report(findings(images))]) {
    // The braces of equations are drawn, too, but have MathML beside them.
    const drawings = [...page.matchAll(/<svg[^>]*>/g)].map(([opening]) => opening)
    for (const opening of drawings.filter((one) => !one.includes('preserveAspectRatio')))
      expect(opening).toMatch(/role="img" aria-label="[^"]{20,}"/)
    for (const [opening] of page.matchAll(/<img[^>]*>/g)) expect(opening).toMatch(/alt="[^"]+"/)
    expect(page).toMatch(/^<!doctype html>\s*<html lang="en">/)
  }
})

test('the equations are in the symbols of the derivation', async () => {
  const page = await report(findings(points))
  expect(page).toMatch(/<annotation encoding="application\/x-tex">[^<]*W_1/)
  expect(page).not.toContain('katex-error')
})

test('sizes that are one number stay apart in the equations, and the letters are explained', async () => {
  const settings = settingsOf({ hidden: 2, reg: 0.5 })
  const page = (await report(findings(points, { settings })))
    .replaceAll(/<span class="whole">|<\/span>/g, '')
    .replaceAll(/\s+/g, ' ')
  expect(page).toMatch(/\[D \\times H\]/)
  expect(page).toContain(
    'D = 2 the numbers of an example, H = 2 the hidden units, C = 3 the classes; reg = 0.5.',
  )
})

test('a net that is too large to be drawn says so', async () => {
  const layers = Array.from({ length: 61 }, (_, at) => [`r${at}`, relu()] as const)
  const objective = unwrapped(
    classifier(unwrapped(sequentialFrom(['N', 2], [...layers, ['c', affine(2, 3)]])), 3, 0),
  )
  const { trained } = findings(points)
  const last = { ...trained.last, params: objective.net.init(seed(0)) }
  const page = await report(findings(points, { objective, trained: { ...trained, last } }))
  expect(titles(page)).toContain('Graph and equations')
  expect(titles(page)).not.toContain('Graph')
  expect(page.replaceAll(/\s+/g, ' ')).toContain('Of more than 60, neither graph nor equations could be read')
})

test('a gradient check of a sample says of how many, and standardised axes that they are', async () => {
  const { check, task } = findings(points)
  const tensors = check.tensors.map((tensor) => ({ ...tensor, size: 1000, checked: 100, agreeing: 99 }))
  const page = await report(
    findings(points, { check: { ...check, tensors }, task: { ...task, standardised: true } }),
  )
  expect(page).toMatch(/396 of 400<\/dd>\s*<dd class="of">a sample of 4,000</)
  expect(page).toContain('y (standardised)')
  expect(await report(findings(points))).not.toContain('(standardised)')
})

test('a run that was stopped says so, even before its first epoch ended', async () => {
  const { trained } = findings(points)
  const page = await report(findings(points, { trained: { ...trained, history: [], interrupted: true } }))
  expect(page.replaceAll(/\s+/g, ' ')).toContain('Training was stopped at step 3, in epoch 3 of 150.')
  expect(titles(page)).not.toContain('Training')
})

test('the figures are there as data', () => {
  expect(JSON.parse(figures(findings(points)))).toMatchObject({
    settings: { hidden: 5, seed: 0 },
    data: { title: hostile, examples: { train: 30, validation: 10 } },
    gradientCheck: { examples: 8 },
    measured: { validation: { accuracy: 0.5 } },
    judgement: { name: 'validation' },
  })
})
