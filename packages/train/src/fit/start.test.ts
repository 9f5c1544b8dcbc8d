import {
  affine,
  objective,
  objectiveFrom,
  relu,
  seed,
  sequential,
  sequentialFrom,
  softmaxCrossEntropy,
  tensor,
  zeros,
  type AnyTensor,
  type Net,
  type Objective,
  type SequentialEntry,
  type TreeRecord,
} from '@pullback/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { chain, fit, momentum, sgd, type Cursor, type FitOptions, type Snapshot } from '../index.ts'
import { centring, meanSquare } from './layers.arbitrary.ts'
import { collect } from './run.arbitrary.ts'

type Options = FitOptions<Readonly<Record<string, AnyTensor>>, TreeRecord>

function objectiveOf(net: Net, loss: Net): Objective {
  const built = objectiveFrom(net, loss)
  if ('left' in built) throw new Error(built.left)
  return built.right
}

const net = sequential(['N', 2], ['fc1', affine(2, 3)], ['relu', relu()], ['fc2', affine(3, 2)])
const loss = objectiveOf(net, softmaxCrossEntropy(2))
const input = tensor([[1, 2], [3, 4], [5, 6]]) // prettier-ignore
const labels = tensor([0, 1, 0], 'int32')
const withState = (): Net => {
  const entries: readonly SequentialEntry[] = [
    ['centre', centring(2, 'float32')],
    ['fc1', affine(2, 3)],
    ['relu', relu()],
    ['fc2', affine(3, 2)],
  ]
  const built = sequentialFrom(['N', 2], entries)
  if ('left' in built) throw new Error(built.left)
  return built.right
}
const good: Options = { data: { input, labels }, optimizer: sgd(0.1), epochs: 1, batch: 2 }
const start = (options: Partial<Options>, of = loss) => fit(of, { ...good, ...options })

/** What a file or plain JavaScript may give in the place of what is typed. */
const unread = (value: object): object => value

/** A record that contains itself, as an optimizer without types may make it. */
function endless(): object {
  const inner: Record<string, unknown> = {}
  inner['b'] = inner
  return { a: inner }
}

describe('options that make no sense', () => {
  it.each<[string, () => unknown]>([
    ['fit: batch is 0, which is not a positive integer', () => start({ batch: 0 })],
    ['fit: batch is 2.5, which is not a positive integer', () => start({ batch: 2.5 })],
    ['fit: epochs is -1, which is neither a non-negative integer nor Infinity', () => start({ epochs: -1 })],
    ['fit: every is 0, which is not a positive integer', () => start({ every: 0 })],
    ['fit: seed is 0.5, which is not an integer of at most 53 bits', () => start({ seed: 0.5 })],
    ["there is no backend 'gpu', only auto, reference, ", () => start(unread({ backend: 'gpu' }))],
    ["fit: data: 'labels' is missing; the objective takes input, labels", () => start({ data: { input } })],
    [
      "fit: data: there are 3 examples of 'input' but 2 of 'labels'",
      () => start({ data: { input, labels: tensor([0, 1], 'int32') } }),
    ],
    [
      'fit: data: there are no examples',
      () => start({ data: { input: zeros([0, 2]), labels: zeros([0], 'int32') } }),
    ],
    [
      "fit: data: 'labels' is a scalar; its first axis should be that of the examples",
      () => start({ data: { input, labels: zeros([], 'int32') } }),
    ],
    [
      'fit: validation: label 1 is 2, but there are 2 classes, 0 to 1',
      () => start({ validation: { input, labels: tensor([0, 2, 1], 'int32') } }),
    ],
    [
      'fit: data: label 0 is -1, but there are 2 classes, 0 to 1',
      () => start({ data: { input, labels: tensor([-1, 0, 1], 'int32') } }),
    ],
    [
      'fit: data: objective takes input [N, 2], labels int32 [N] but is given input [3, 3], labels int32 [3]',
      () => start({ data: { input: zeros([3, 3]), labels } }),
    ],
    [
      'fit: params are of another net: it has fc1.W [2, 2], not [2, 3]',
      () =>
        start({
          params: { fc1: { W: zeros([2, 2]), b: zeros([3]) }, fc2: { W: zeros([3, 2]), b: zeros([2]) } },
        }),
    ],
    [
      'fit: params are of another net: it has no fc1.b [3]',
      () => start({ params: { fc1: { W: zeros([2, 3]) }, fc2: { W: zeros([3, 2]), b: zeros([2]) } } }),
    ],
    [
      'fit: params.fc1.W.shape is a list, not a tensor; JSON keeps no tensors: ',
      () => start({ params: JSON.parse(JSON.stringify(net.init(seed(0)))) as TreeRecord }),
    ],
    [
      'fit: data: fc1: affine(2, 3) has float64 parameters but is given a float32 input; convert one with cast',
      () => start({ params: net.init(seed(0), { dtype: 'float64' }) }),
    ],
    [
      "fit: a metric cannot have the name 'loss', which is measured anyway",
      () => start({ metrics: { loss: (prediction) => prediction } }),
    ],
  ])('%s', (sentence, mistake) => {
    expect(mistake).toThrow(sentence)
  })
})

describe('a snapshot to resume from', () => {
  let middle: Snapshot | undefined
  const from = (changes: Partial<Snapshot> = {}): Options => {
    if (middle === undefined) throw new Error('no snapshot')
    return { ...good, resume: { ...middle, ...changes } }
  }

  const at = (changes: Partial<Cursor>): Options => {
    if (middle === undefined) throw new Error('no snapshot')
    return from({ cursor: { ...middle.cursor, ...changes } })
  }

  beforeAll(async () => {
    middle = (await collect(start({ every: 1 }), 1)).at(-1)
  })

  it.each<[string, () => unknown]>([
    [
      'fit: the snapshot to resume from is of another net: it has fc1.W [2, 3], not [2, 4]',
      () =>
        fit(
          objectiveOf(
            sequential(['N', 2], ['fc1', affine(2, 4)], ['fc2', affine(4, 2)]),
            softmaxCrossEntropy(2),
          ),
          from(),
        ),
    ],
    [
      'fit: the snapshot to resume from is of another net: it has fc2.W [3, 2], which does not belong there',
      () => fit(objectiveOf(sequential(['N', 2], ['fc1', affine(2, 3)]), softmaxCrossEntropy(3)), from()),
    ],
    [
      'fit: the snapshot to resume from is of another net: the state of its layers has no net.centre.mean float32 [2]',
      () => fit(objectiveOf(withState(), softmaxCrossEntropy(2)), from()),
    ],
    [
      'fit: the snapshot to resume from is of another optimizer: its state has no 0.velocity.fc1.W float32 [2, 3]',
      () => fit(loss, { ...from(), optimizer: chain(momentum(0.5), sgd(1)) }),
    ],
    [
      'fit: params are given, but the snapshot to resume from has its own; give one of them',
      () => fit(loss, { ...from(), params: net.init(seed(0)) }),
    ],
    [
      'fit: the snapshot to resume from has seed 0, not 1; leave the seed out to go on with its own',
      () => fit(loss, { ...from(), seed: 1 }),
    ],
    [
      'fit: the snapshot to resume from is of a run on 3 examples in batches of 2, not on 2 in batches of 2; ',
      () => fit(loss, { ...from(), data: { input: zeros([2, 2]), labels: zeros([2], 'int32') } }),
    ],
    [
      'fit: the snapshot to resume from is of a run on 3 examples in batches of 2, not on 3 in batches of 3; ',
      () => fit(loss, { ...from(), batch: 3 }),
    ],
    [
      'fit: the cursor of the snapshot to resume from is damaged: {"seed":0,"epoch":0,',
      () => fit(loss, at({ epoch: 0 })),
    ],
    ['fit: the cursor of the snapshot to resume from is damaged: ', () => fit(loss, at({ position: 3 }))],
    ['fit: the cursor of the snapshot to resume from is damaged: ', () => fit(loss, at({ count: 2.5 }))],
    [
      'fit: the cursor of the snapshot to resume from is damaged: ',
      () => fit(loss, at({ totals: { loss: null as unknown as number } })),
    ],
    [
      'fit: the cursor of the snapshot to resume from is damaged: ',
      () => fit(loss, from(unread({ cursor: 7 }))),
    ],
    [
      'fit: the cursor of the snapshot to resume from is missing',
      () => fit(loss, from(unread({ cursor: undefined }))),
    ],
    [
      'fit: the snapshot to resume from is null, not a snapshot',
      () => fit(loss, { ...good, ...unread({ resume: null }) }),
    ],
    [
      'fit: params.fc1.W.shape of the snapshot to resume from is a list, not a tensor; JSON keeps no tensors: save their arrays (toArray), and make tensors of them again (fromValues)',
      () => fit(loss, from(JSON.parse(JSON.stringify(middle)) as Snapshot)),
    ],
    [
      'fit: optimizerState of the snapshot to resume from is missing',
      () => fit(loss, from(unread({ optimizerState: undefined }))),
    ],
    [
      'fit: state.a.b of the snapshot to resume from contains itself',
      () => fit(loss, from(unread({ state: endless() }))),
    ],
    [
      "fit: the snapshot to resume from was taken within an epoch without measuring 'spread'",
      () => fit(loss, { ...from(), metrics: { spread: (prediction) => prediction } }),
    ],
  ])('%s', (sentence, mistake) => {
    expect(mistake).toThrow(sentence)
  })
})

describe('a snapshot of the end of an epoch', () => {
  it('goes on with other data and batches where its cursor says so', async () => {
    const ended = (await collect(start({}))).at(-1)
    if (ended === undefined) throw new Error('no snapshot')
    const [data, batch] = [{ input: zeros([5, 2]), labels: zeros([5], 'int32') }, 4]
    const resume = { ...ended, cursor: { ...ended.cursor, count: 5, batch } }
    const [next] = await collect(start({ data, batch, resume, epochs: 2 }))
    expect(next?.step).toBe(4)
    expect(next?.cursor).toMatchObject({ count: 5, batch: 4 })
  })
})

describe('a loss without labels', () => {
  it('has no accuracy, but the metrics that are asked for', async () => {
    const square = objective(affine(2, 1), meanSquare())
    const params = { W: zeros([2, 1]), b: zeros([1]) }
    const data = { input, target: tensor([[1], [2], [3]]) }
    const metrics = {
      target: (_: AnyTensor, inputs: Readonly<Record<string, AnyTensor>>) => inputs['target'] ?? input,
    }
    const options = { data, validation: data, params, optimizer: sgd(0), epochs: 1, batch: 2, metrics }
    const [snapshot] = await collect(fit(square, options))
    expect(snapshot?.accuracy).toBeUndefined()
    expect(snapshot?.metrics).toEqual({ target: 2 })
    expect(snapshot?.validation).toEqual({
      loss: expect.closeTo(7 / 3, 6) as number,
      accuracy: undefined,
      metrics: { target: 2 },
    })
    expect(snapshot?.loss).toBeCloseTo(7 / 3, 6)
  })
})

describe('parameters drawn from the seed', () => {
  it.each(['float32', 'float64'] as const)(
    'are those that init gives, in %s as the data are',
    async (dtype) => {
      const data = { input: tensor([[1, 2]], dtype), labels: tensor([0], 'int32') }
      const [snapshot] = await collect(fit(loss, { ...good, data, seed: 5, optimizer: sgd(0) }))
      expect(snapshot?.params).toEqual(net.init(seed(5), { dtype }))
    },
  )
})
