import {
  add,
  affine,
  fromValues,
  int32,
  l2,
  layer,
  mean,
  mul,
  objective,
  seed,
  sequential,
  signature,
  softmaxCrossEntropy,
  tensor,
  valueAndGradient,
  toNested,
  toNumber,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dropout } from '../fit/layers.arbitrary.ts'
import { computing } from '../fit/run.arbitrary.ts'
import { accuracy, evaluateMetrics, loadBackend } from '../index.ts'

const net = sequential(['N', 2], ['fc', affine(2, 3)], ['drop', dropout()])
const loss = objective(net, softmaxCrossEntropy(3), { 'fc.W': l2(0.5) })
const params = net.init(seed(4), { dtype: 'float64' })

const data = fc
  .array(
    fc.record({
      x: fc.integer({ min: -64, max: 64 }),
      y: fc.integer({ min: -64, max: 64 }),
      label: fc.nat(2),
    }),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((rows) => ({
    input: fromValues(
      rows.flatMap(({ x, y }) => [x / 32, y / 32]),
      [rows.length, 2],
      'float64',
    ),
    labels: fromValues(
      rows.map(({ label }) => label),
      [rows.length],
      'int32',
    ),
  }))

describe('evaluateMetrics', () => {
  it.each(computing)(
    'measures batch by batch what it measures at once, in predict mode, on %s',
    async (backend) => {
      await loadBackend(backend)
      fc.assert(
        fc.property(data, fc.integer({ min: 1, max: 13 }), (examples, batch) => {
          const whole = valueAndGradient(loss, { backend: 'reference' })(params, examples, {
            mode: 'predict',
            key: seed(0),
          })
          const found = evaluateMetrics(loss)(params, examples, { batch, key: seed(1), backend })
          const once = evaluateMetrics(loss)(params, examples, { key: seed(2), backend })
          expect(found.loss).toBeCloseTo(toNumber(whole.value), 12)
          expect(found.accuracy).toBe(once.accuracy)
          expect(once.loss).toBeCloseTo(toNumber(whole.value), 12)
        }),
      )
    },
  )

  it('says what is wrong', () => {
    const examples = { input: tensor([[1, 2]], 'float64'), labels: tensor([3], 'int32') }
    expect(() => evaluateMetrics(loss)(params, examples)).toThrow(
      new RangeError('evaluateMetrics: the data: label 0 is 3, but there are 3 classes, 0 to 2'),
    )
    expect(() => evaluateMetrics(loss)(params, examples, { batch: 0 })).toThrow(
      'evaluateMetrics: batch is 0, which is not a positive integer',
    )
    const read = JSON.parse(JSON.stringify(params)) as typeof params
    const right = { ...examples, labels: tensor([2], 'int32') }
    expect(() => evaluateMetrics(loss)(read, right)).toThrow(
      'evaluateMetrics: params.fc.W.shape is a list, not a tensor; JSON keeps no tensors: ',
    )
  })
})

describe('accuracy', () => {
  it('is not measured where labels name no element of the prediction', () => {
    const binary = layer({
      kind: 'binary',
      shape: signature('binary', { prediction: ['N', 1], labels: int32('N') }, []),
      params: {},
      forward: (_, { prediction }) => ({ output: mean(prediction), cache: { prediction } }),
      backward: (_, { prediction }, dOutput) => ({
        dParams: {},
        dInput: { prediction: mul(add(mul(prediction, 0), 1), dOutput) },
      }),
    })
    const examples = { input: tensor([[1], [2]]), labels: tensor([0, 1], 'int32') }
    const one = { W: tensor([[1]]), b: tensor([0]) }
    expect(evaluateMetrics(objective(affine(1, 1), binary))(one, examples)).toEqual({
      loss: 1.5,
      accuracy: undefined,
      metrics: {},
    })
  })

  it('is a share where an example has several labels', () => {
    const logits = fromValues([1, 0, 1, 0, 0, 1, 0, 1], [2, 2, 2])
    const values = accuracy(logits, { labels: tensor([[0, 1], [1, 1]], 'int32') }) // prettier-ignore
    expect(toNested(values)).toEqual([0.5, 1])
  })
})
