import {
  affine,
  cast,
  equal,
  gather,
  objective,
  relu,
  scalar,
  sequential,
  softmaxCrossEntropy,
  tensor,
  where,
  type Storage,
} from '@pullback/core'
import { describe, expect, it } from 'vitest'
import { fit, sgd, TrainingError, type Metric, type Schedule } from '../../index.ts'
import { collect, computing } from '../run.arbitrary.ts'
import { mirror, watchedBackend } from './backends.fixture.ts'

const net = sequential(['N', 2], ['fc1', affine(2, 3)], ['relu', relu()], ['fc2', affine(3, 2)])
const loss = objective(net, softmaxCrossEntropy(2))
const data = {
  input: tensor([[1, 2], [3, 4], [5, 6]]), // prettier-ignore
  labels: tensor([0, 1, 0], 'int32'),
}
const usual = { data, optimizer: sgd(1e-3), epochs: 6, batch: 2, seed: 1 }

const errorOf = async (run: AsyncIterable<unknown>): Promise<TrainingError> => {
  try {
    await collect(run)
  } catch (error) {
    if (error instanceof TrainingError) return error
    throw error
  }
  throw new Error('the run did not fail')
}

describe('a backend that fails in the middle of a run', () => {
  const dying = (last: number) =>
    watchedBackend((run) => {
      if (run > last) throw new Error('a worker died')
    })

  it('is told of, with the last good snapshot, from which the reference goes on', async () => {
    const error = await errorOf(fit(loss, { ...usual, backend: dying(5) }))
    expect(error.message).toBe(
      "fit: mirror failed at step 6 (epoch 3): a worker died; the last good snapshot is of step 4: resume from it with backend 'reference'",
    )
    expect(error).toMatchObject({
      step: 6,
      epoch: 3,
      culprit: 'the backend',
      cause: new Error('a worker died'),
    })
    expect(error.snapshot?.step).toBe(4)
    const rest = await collect(fit(loss, { ...usual, resume: error.snapshot, backend: 'reference' }))
    expect(rest.map(({ step }) => step)).toEqual([6, 8, 10, 12])
  })

  it('is told of in the first step, and while the validation data are measured', async () => {
    expect((await errorOf(fit(loss, { ...usual, backend: dying(0) }))).message).toBe(
      "fit: mirror failed at step 1 (epoch 1): a worker died; there is no snapshot before; train with backend 'reference'",
    )
    const { message } = await errorOf(fit(loss, { ...usual, validation: data, backend: dying(2) }))
    expect(message).toContain(
      'mirror failed to measure the validation data at step 2 (epoch 1): a worker died; ',
    )
  })
})

describe('numbers that are not finite', () => {
  const spike =
    (at: number): Schedule =>
    (step) =>
      where(equal(step, at), scalar(1e300, 'float64'), 1e-3)

  it('are found at the step that made them, however long ago, by taking few steps again', async () => {
    let runs = 0
    const backend = watchedBackend(() => {
      runs += 1
    })
    const options = { ...usual, optimizer: sgd(spike(700)), epochs: Infinity, every: 1e6 }
    const error = await errorOf(fit(loss, { ...options, backend }))
    expect(error).toMatchObject({ step: 701, epoch: 351, culprit: 'the updated parameter fc1.W' })
    expect(runs).toBeLessThanOrEqual(702 + 256)
  })

  const losing = (broken: (run: number) => boolean) => {
    let current = 0
    const change = (storage: Storage): Storage => ({
      ...storage,
      at: (position) => (broken(current) ? Number.NaN : storage.at(position)),
    })
    return watchedBackend((run) => {
      current = run
    }, change)
  }

  it('are told of though the reference computes others', async () => {
    const { message, culprit } = await errorOf(fit(loss, { ...usual, backend: losing((run) => run >= 3) }))
    expect(message).toMatch(/^fit: the loss is NaN at step 3 \(epoch 2\): /u)
    expect(culprit).toBe('the loss')
  })

  it('are no numbers of the run if the same steps give others', async () => {
    const { message } = await errorOf(fit(loss, { ...usual, backend: losing((run) => run === 3) }))
    expect(message).toBe(
      "fit: mirror gave numbers that are not finite at step 3 (epoch 2): taken again, the same steps gave others; the last good snapshot is of step 2: resume from it with backend 'reference'",
    )
  })
})

describe.each([...computing, mirror])('what is wrong with a metric, on %s', (backend) => {
  const beyond: Metric = (_, { labels }) => gather(tensor([1]), cast(labels ?? scalar(0), 'int32'))
  const wrong = { ...usual, metrics: { beyond }, backend }

  it('is said as the reference says it, while training and while measuring', async () => {
    const sentence = /^gather: index 1 at position \d is outside an axis of size 1$/u
    await expect(collect(fit(loss, wrong))).rejects.toThrow(sentence)
    const right = { ...data, labels: tensor([0, 0, 0], 'int32') }
    await expect(collect(fit(loss, { ...wrong, data: right, validation: data }))).rejects.toThrow(sentence)
  })
})
