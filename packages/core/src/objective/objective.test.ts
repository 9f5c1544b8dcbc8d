import {
  affine,
  initialConstant,
  l2,
  layer,
  mean,
  mul,
  objective,
  objectiveFrom,
  parameter,
  predict,
  relu,
  scalar,
  seed,
  sequential,
  signature,
  softmaxCrossEntropy,
  square,
  sub,
  tensor,
  toNested,
  toNumber,
  valueAndGradient,
  zeros,
  type Takes,
} from '@pullback/core'
import { describe, expect, test } from 'vitest'
import { compareLayer, worstRelativeError } from '../testing/centralDifference.ts'
import { normals } from '../testing/normals.ts'

/** The mean of squared differences: a third party's loss, with a prediction and a float target. */
const meanSquaredError = <const S extends number>(size: S) =>
  layer({
    kind: 'meanSquaredError',
    hyperparameters: { size },
    shape: signature(`meanSquaredError(${size})`, { target: ['N', size], prediction: ['N', size] }, []),
    params: {},
    forward: (_, { prediction, target }) => {
      const difference = sub(prediction, target)
      return { output: mean(square(difference)), cache: { difference } }
    },
    backward: (_, { difference }, dOutput) => {
      const [rows = 1, columns = 1] = difference.shape
      const gradient = mul(mul(difference, 2 / (rows * columns)), dOutput)
      return { dParams: {}, dInput: { prediction: gradient, target: mul(gradient, -1) } }
    },
  })

/** A scalar times the sum of what it is given, under any pattern. */
const learned = <const T extends Takes>(kind: string, takes: T) =>
  layer({
    kind,
    shape: signature(kind, takes, []),
    params: { s: parameter([], initialConstant(1)) },
    forward: ({ s }) => ({ output: s, cache: {} }),
    backward: () => ({ dParams: { s: scalar(1) }, dInput: {} as never }),
  })
const learnedLoss = learned('learnedLoss', { logits: ['N', 3] })
const learnedPenalty = learned('learnedPenalty', ['...'])

const net = sequential(['N', 4], ['fc1', affine(4, 5)], ['relu', relu()], ['fc2', affine(5, 3)])

describe('an objective', () => {
  test('takes the inputs of its net and of its loss, in the names of the net', () => {
    const named = sequential(['B', 4], ['fc', affine(4, 3)])
    expect(objective(named, softmaxCrossEntropy(3)).rule.takes).toEqual({
      input: ['B', 4],
      labels: { dtype: 'int32', shape: ['B'] },
    })
  })

  test('gives the gradient by every float input, that of a float target too', () => {
    const loss = objective(affine(3, 2), meanSquaredError(2), { W: l2(0.5) })
    const params = affine(3, 2).init(seed(0), { dtype: 'float64' })
    const input = { input: normals(0, 'x', [4, 3]), target: normals(0, 't', [4, 2]) }
    const entries = compareLayer(loss as never, params, input, scalar(-1.5, 'float64'))
    expect(new Set(entries.map(({ path }) => path))).toEqual(
      new Set(['params.W', 'params.b', 'input.input', 'input.target']),
    )
    expect(worstRelativeError(entries)).toBeLessThan(1e-7)
  })

  test('counts every penalty once', () => {
    const params = { W: tensor([[1], [2]], 'float64'), b: tensor([3], 'float64') }
    const loss = objective(affine(2, 1), meanSquaredError(1), { W: l2(1), b: l2(10) })
    const input = { input: zeros([1, 2], 'float64'), target: tensor([[3]], 'float64') }
    const { value, gradients } = valueAndGradient(loss)(params, input)
    expect(toNumber(value)).toBe(5 + 90)
    expect(toNested(gradients.W)).toEqual([[2], [4]])
    expect(toNested(gradients.b)).toEqual([60])
  })

  test('does not let a loss give a gradient of another shape', () => {
    const careless = layer({
      kind: 'careless',
      shape: signature('careless', { prediction: ['N', 2] }, []),
      params: {},
      forward: (_, { prediction }) => ({ output: mean(prediction), cache: {} }),
      backward: () => ({ dParams: {}, dInput: { prediction: zeros([7, 2]) } }),
    })
    const loss = objective(affine(3, 2), careless)
    expect(() => valueAndGradient(loss)(affine(3, 2).init(seed(0)), { input: zeros([3, 3]) })).toThrow(
      new TypeError('loss: backward of careless gives a gradient [7, 2] by a prediction [3, 2]'),
    )
  })

  test('takes a penalty left undefined for none', () => {
    const built = objectiveFrom(net, softmaxCrossEntropy(3), { 'fc1.W': undefined } as never)
    expect(built._tag).toBe('Right')
  })

  test.each([
    [
      () => objectiveFrom(net, relu()),
      'loss: takes neither logits nor prediction, one of which is the output of the net',
    ],
    [
      () => objectiveFrom(net, softmaxCrossEntropy(3), { fc1: l2(1) }),
      `penalties: there is no parameter 'fc1' among fc1.W, fc1.b, fc2.W, fc2.b`,
    ],
    [
      () => objectiveFrom(objective(net, softmaxCrossEntropy(3)), softmaxCrossEntropy(3)),
      'loss: softmaxCrossEntropy(3) takes labels int32 [N], logits [N, 3] but is given labels int32 [N], logits []',
    ],
    [
      () => objectiveFrom(net, learnedLoss),
      'loss: learnedLoss has parameters of its own; make it part of the net',
    ],
    [
      () => objectiveFrom(net, softmaxCrossEntropy(3), { 'fc2.b': learnedPenalty }),
      'penalties: fc2.b: learnedPenalty has parameters of its own',
    ],
  ])('that does not fit is a sentence (%#)', (make, sentence) => {
    expect(make()).toEqual({ _tag: 'Left', left: sentence })
  })
})

describe('what is given to a net', () => {
  const loss = objective(net, softmaxCrossEntropy(3))
  const params = net.init(seed(0))
  const labels = tensor([0, 1], 'int32')
  const run =
    (given: unknown, withParams: unknown = params) =>
    () =>
      valueAndGradient(loss)(withParams as never, given as never)

  test.each([
    [
      run({ input: zeros([2, 5]), labels }),
      'objective takes input [N, 4], labels int32 [N] but is given input [2, 5], labels int32 [2]',
    ],
    [
      run({ input: zeros([3, 4]), labels }),
      'objective takes input [N, 4], labels int32 [N] but is given input [3, 4], labels int32 [2]',
    ],
    [
      run({ input: zeros([2, 4]) }),
      'objective takes input [N, 4], labels int32 [N] but is given input [2, 4]',
    ],
    [
      run({ input: zeros([2, 4], 'float64'), labels }),
      'fc1: affine(4, 5) has float32 parameters but is given a float64 input; convert one with cast',
    ],
    [
      run({ input: zeros([2, 4]), labels }, { fc1: params.fc1 }),
      'fc2: the parameters of affine(5, 3) should have W [5, 3], which is missing',
    ],
    [
      run({ input: zeros([2, 4]), labels }, { ...params, fc1: { ...params.fc1, b: zeros([4]) } }),
      'fc1: the parameters of affine(4, 5) should have b [5] but has [4]',
    ],
    [
      run({ input: zeros([2, 4]), labels }, { ...params, fc3: params.fc1 }),
      `the parameters of sequential have 'fc3', which is no node`,
    ],
  ])('is refused with a sentence where it does not fit (%#)', (attempt, sentence) => {
    expect(attempt).toThrow(new TypeError(sentence))
  })

  test('predict gives the output computed', () => {
    const logits = predict(net)(params, zeros([2, 4]))
    expect(logits.expression.op).toBe('constant')
    expect(toNested(logits)).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ])
  })
})
