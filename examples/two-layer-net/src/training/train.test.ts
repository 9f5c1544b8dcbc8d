import { backendOf, seed } from '@pullback/core'
import { sgd, type Snapshot } from '@pullback/train'
import * as E from '#fp/Either'
import { expect, test } from 'vitest'
import { classifier } from '../net/classifier.ts'
import { twoLayerNet } from '../net/twoLayerNet.ts'
import { unwrapped } from '../net/unwrapped.fixture.ts'
import { moonsTask } from '../task/generated.ts'
import { take } from '@pullback/data'
import { stepsPerEpoch, train, type Training } from './train.ts'
import { predictions } from './predictions.ts'
import { gridOver } from '../report/charts/plane.ts'

const whole = moonsTask(0)
const task = { ...whole, train: take(whole.train, 50), validation: take(whole.validation, 20) }
const net = unwrapped(twoLayerNet({ D: 2, H: 4, C: 2 }))
const objective = unwrapped(classifier(net, 2, 0.001))

const training = (change: Partial<Training> = {}): Training => ({
  optimizer: sgd(0.1),
  epochs: 3,
  batch: 16,
  seed: 0,
  backend: backendOf('reference'),
  interrupted: new AbortController().signal,
  watch: () => undefined,
  ...change,
})

test('every step is watched, every epoch measured', async () => {
  const watched: (readonly [number, number | undefined])[] = []
  const watch: Training['watch'] = ({ step }, epoch) => watched.push([step, epoch?.epoch])
  const { history, last, interrupted } = unwrapped(await train(objective, task, training({ watch })))
  expect(stepsPerEpoch(task, 16)).toBe(4)
  expect(watched).toEqual(
    Array.from({ length: 12 }, (_, at) => [at + 1, at % 4 === 3 ? (at + 1) / 4 : undefined]),
  )
  expect(history.map(({ step }) => step)).toEqual([4, 8, 12])
  expect([last.step, interrupted]).toEqual([12, false])
})

test('an interruption ends training at the next step', async () => {
  const controller = new AbortController()
  const seen: Snapshot[] = []
  const watch: Training['watch'] = (snapshot) => {
    seen.push(snapshot)
    if (snapshot.step === 5) controller.abort()
  }
  const { last, interrupted, history } = unwrapped(
    await train(objective, task, training({ watch, interrupted: controller.signal })),
  )
  expect([seen.length, last.step, interrupted, history.length]).toEqual([5, 5, true, 1])
  expect(await train(objective, task, training({ interrupted: controller.signal }))).toEqual(
    E.left({ message: 'training was stopped before its first step', code: 1 }),
  )
})

test('numbers that overflow end training with a sentence', async () => {
  const result = await train(objective, task, training({ optimizer: sgd(1e30) }))
  expect(result).toMatchObject(
    E.left({ code: 1, message: expect.stringContaining('a lower learning rate may help') }),
  )
})

test('predictions are classes and how sure the net is of them', () => {
  const features = gridOver({ x: [-1, 1], y: [-1, 1] }, 40)
  const { classes, confidences } = predictions(net, net.init(seed(0)), features)
  expect(classes).toHaveLength(1600)
  expect(new Set(classes)).toEqual(new Set([0, 1]))
  expect(confidences.every((share) => share >= 0.5 && share <= 1)).toBe(true)
})
