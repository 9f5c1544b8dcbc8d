import {
  affine,
  equal,
  fromValues,
  objective,
  relu,
  scalar,
  sequential,
  softmaxCrossEntropy,
  tensor,
  toArray,
  where,
  zeros,
  leaves,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chain, constant, fit, scale, sgd, TrainingError, type Schedule, type Snapshot } from '../../index.ts'
import { brokenGradient, meanSquare } from '../layers.arbitrary.ts'
import { collect, computing } from '../run.arbitrary.ts'

const net = sequential(['N', 2], ['fc1', affine(2, 3)], ['relu', relu()], ['fc2', affine(3, 2)])
const loss = objective(net, softmaxCrossEntropy(2))
const input = tensor([[1, 2], [3, 4], [5, 6]]) // prettier-ignore
const labels = tensor([0, 1, 0], 'int32')
const data = { input, labels }
const linear = sequential(['N', 2], ['fc1', affine(2, 3)], ['fc2', affine(3, 2)])
const overflowing = objective(linear, softmaxCrossEntropy(2))

/** The snapshots of a run that fails, and its error. */
async function failing(run: AsyncIterable<Snapshot>) {
  const snapshots: Snapshot[] = []
  try {
    for await (const snapshot of run) snapshots.push(snapshot)
  } catch (error) {
    if (error instanceof TrainingError) return { snapshots, error }
    throw error
  }
  throw new Error('the run did not fail')
}

const isSound = ({ params, optimizerState, state, loss }: Snapshot): boolean =>
  [loss, ...leaves({ params, optimizerState, state }).flatMap(([, x]) => [...toArray(x)])].every(
    Number.isFinite,
  )

describe.each(computing)('a run on %s with numbers that are not finite', (backend) => {
  it('names the example of an input', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(4),
        fc.constantFrom(Number.NaN, Infinity, -Infinity),
        fc.nat(),
        async (at, bad, seed) => {
          const values = Array.from({ length: 10 }, (_, i) => (i === 2 * at ? bad : 0.5))
          const damaged = {
            input: fromValues(values, [5, 2]),
            labels: zeros([5], 'int32'),
          }
          const { error, snapshots } = await failing(
            fit(loss, { data: damaged, optimizer: sgd(0.1), backend, epochs: 1, batch: 2, seed, every: 1 }),
          )
          expect(error.message).toContain(
            `the first tensor that is not finite is the input 'input', at example ${at}; `,
          )
          expect(error.message).toMatch(
            /the loss is (NaN|infinite|still [\d.]+, but not all is finite) at step/,
          )
          expect(error.snapshot).toBe(snapshots.at(-1))
          expect(error.step).toBe(snapshots.length + 1)
        },
      ),
      { numRuns: 20 },
    )
  })

  it('names a parameter that it was given', async () => {
    const params = {
      fc1: { W: zeros([2, 3]), b: tensor([0, Infinity, 0]) },
      fc2: { W: zeros([3, 2]), b: zeros([2]) },
    }
    const { error } = await failing(
      fit(loss, { data, params, optimizer: sgd(0.1), backend, epochs: 1, batch: 3 }),
    )
    expect(error.message).toBe(
      'fit: the loss is NaN at step 1 (epoch 1): the first tensor that is not finite is the parameter fc1.b; there is no snapshot before; a lower learning rate may help',
    )
  })

  it('names the layer whose output overflows, and keeps the last good snapshot', async () => {
    const { error, snapshots } = await failing(
      fit(overflowing, { data, optimizer: sgd(1e30), backend, epochs: 9, batch: 3 }),
    )
    expect(error.message).toBe(
      'fit: the loss is NaN at step 2 (epoch 2): the first tensor that is not finite is the output of fc2; the last good snapshot is of step 1; a lower learning rate may help',
    )
    expect(error).toMatchObject({ step: 2, epoch: 2, culprit: 'the output of fc2', name: 'TrainingError' })
    expect(error.snapshot).toBe(snapshots.at(-1))
    expect(snapshots.every(isSound)).toBe(true)
  })

  it('names the loss', async () => {
    const square = objective(affine(1, 1), meanSquare())
    const far = { input: tensor([[0]]), target: tensor([[1e30]]) }
    const { error } = await failing(
      fit(square, { data: far, optimizer: sgd(0.1), backend, epochs: 1, batch: 1 }),
    )
    expect(error.message).toContain('the loss is infinite at step 1')
    expect(error.culprit).toBe('the loss')
  })

  it('names a gradient though the loss is finite, before a bad snapshot is given', async () => {
    const broken = sequential(
      ['N', 2],
      ['fc1', affine(2, 3)],
      ['bad', brokenGradient()],
      ['fc2', affine(3, 2)],
    )
    const { error, snapshots } = await failing(
      fit(objective(broken, softmaxCrossEntropy(2)), {
        data,
        optimizer: sgd(0.1),
        backend,
        epochs: 1,
        batch: 1,
      }),
    )
    expect(snapshots).toEqual([])
    expect(error.message).toMatch(
      /^fit: the loss is still \d+(\.\d+)?, but not all is finite at step 1 \(epoch 1\): /u,
    )
    expect(error.culprit).toBe('the gradient of fc1.W')
  })

  it('names what an update makes infinite', async () => {
    const options = { data, backend, epochs: 1, batch: 3 }
    const { error } = await failing(
      fit(overflowing, { ...options, optimizer: chain(scale(1e38), scale(100)) }),
    )
    expect(error.culprit).toBe('the updated parameter fc1.W')
  })

  it('names the validation data', async () => {
    const validation = { input: tensor([[1, 1], [1, Number.NaN]]), labels: tensor([0, 0], 'int32') } // prettier-ignore
    const { error, snapshots } = await failing(
      fit(loss, { data, validation, optimizer: sgd(0.1), backend, epochs: 2, batch: 3 }),
    )
    expect(snapshots).toEqual([])
    expect(error.message).toBe(
      "fit: the validation loss is NaN after step 1 (epoch 1): the first tensor that is not finite is the validation input 'input', at example 1; there is no snapshot before",
    )
  })

  it('can be resumed from the last good snapshot with a lower learning rate', async () => {
    const options = { data, backend, epochs: 12, batch: 2, seed: 1, every: 1 }
    const spike: Schedule = (step) => where(equal(step, 5), scalar(1e300, 'float64'), 1e-3)
    const { error } = await failing(fit(overflowing, { ...options, optimizer: sgd(spike) }))
    expect(error).toMatchObject({ step: 6, culprit: 'the updated parameter fc1.W' })
    expect(error.snapshot?.step).toBe(5)
    const gentle = sgd(constant(1e-3))
    const rest = await collect(fit(overflowing, { ...options, optimizer: gentle, resume: error.snapshot }))
    expect(rest.at(-1)?.step).toBe(24)
    expect(rest.every(isSound)).toBe(true)
  })

  it('is not what a sum that overflows makes of it', async () => {
    const params = { W: fromValues([3e38, 3e38], [2, 1]), b: zeros([1]) }
    const still = { input: zeros([2, 2]), target: zeros([2, 1]) }
    const options = { data: still, params, optimizer: sgd(0.1), backend, epochs: 2, batch: 1 }
    const snapshots = await collect(fit(objective(affine(2, 1), meanSquare()), options))
    expect(snapshots.map((snapshot) => snapshot.loss)).toEqual([0, 0])
  })
})
