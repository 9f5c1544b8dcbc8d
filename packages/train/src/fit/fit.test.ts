import {
  affine,
  fold,
  iota,
  leaves,
  lookupAny,
  equal,
  cast,
  evaluate,
  objective,
  permutation,
  relu,
  reshape,
  seed,
  sequential,
  softmaxCrossEntropy,
  tensor,
  toArray,
  toNested,
  toNumber,
  fromValues,
  valueAndGradient,
  zeros,
  type TreeRecord,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyUpdates, chain, fit, momentum, sgd } from '../index.ts'
import { meanPrediction, witness } from './layers.arbitrary.ts'
import { collect, computing, plain, rebuilt, smallRun } from './run.arbitrary.ts'

describe.each(computing)('resuming on %s', (backend) => {
  it('from any snapshot gives the bits of never having stopped, from tensors rebuilt of arrays, too', async () => {
    await fc.assert(
      fc.asyncProperty(smallRun, fc.nat(), async ({ objective, options: others }, cut) => {
        const options = { ...others, backend }
        const whole = await collect(fit(objective, options))
        const wanted = whole.map(plain)
        const at = cut % whole.length
        const stopped = (await collect(fit(objective, options), at + 1)).at(-1)
        if (stopped === undefined) throw new Error('no snapshot')
        expect(plain(stopped)).toStrictEqual(wanted[at])
        for (const resume of [stopped, rebuilt(stopped)]) {
          const { seed, ...unseeded } = options
          const rest = await collect(fit(objective, { ...unseeded, resume }))
          expect(rest.map(plain)).toStrictEqual(wanted.slice(at + 1))
          expect(seed === undefined || seed === stopped.cursor.seed).toBe(true)
        }
        expect(whole.map(plain)).toStrictEqual(wanted)
      }),
      { numRuns: 60 },
    )
  })

  it('goes on to more epochs, and gives nothing where there is nothing left', async () => {
    await fc.assert(
      fc.asyncProperty(smallRun, async ({ objective, options }) => {
        const { every: _, ...perEpoch } = { ...options, backend }
        const longer = { ...perEpoch, epochs: options.epochs + 2 }
        const whole = await collect(fit(objective, longer))
        const short = (await collect(fit(objective, perEpoch))).at(-1)
        expect(await collect(fit(objective, { ...perEpoch, resume: short }))).toEqual([])
        const rest = await collect(fit(objective, { ...longer, resume: short }))
        expect(rest.map(plain)).toStrictEqual(whole.slice(options.epochs).map(plain))
      }),
      { numRuns: 20 },
    )
  })
})

describe.each(computing)('a run on %s', (backend) => {
  it('is what a loop over batches computes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 10 }),
        fc.nat(99),
        async (count, batch, from) => {
          const net = sequential(['N', 2], ['fc1', affine(2, 3)], ['relu', relu()], ['fc2', affine(3, 2)])
          const loss = objective(net, softmaxCrossEntropy(2))
          const numbers = Array.from({ length: 2 * count }, (_, i) => Math.sin(i + from))
          const classes = numbers.slice(count).map((x) => (x > 0 ? 1 : 0))
          const data = {
            input: fromValues(numbers, [count, 2], 'float64'),
            labels: fromValues(classes, [count], 'int32'),
          }
          let params = net.init(seed(from), { dtype: 'float64' })
          const found = await collect(
            fit(loss, { data, optimizer: sgd(0.5), epochs: 2, batch, seed: from, backend }),
          )
          for (const [index, snapshot] of found.entries()) {
            const order = permutation(fold(fold(seed(from), 'order'), index + 1), count)
            let total = 0
            for (let at = 0; at < count; at += batch) {
              const rows = [...order.subarray(at, at + batch)]
              const taken = rows.flatMap((row) => numbers.slice(2 * row, 2 * row + 2))
              const examples = {
                input: fromValues(taken, [rows.length, 2], 'float64'),
                labels: fromValues(
                  rows.map((row) => classes[row] ?? 0),
                  [rows.length],
                  'int32',
                ),
              }
              const { value, gradients } = valueAndGradient(loss, { backend: 'reference' })(params, examples)
              total += toNumber(value) * rows.length
              params = evaluate(applyUpdates(params, sgd(0.5).update(gradients, {}, params).updates))
            }
            expect(snapshot.loss).toBeCloseTo(total / count, 12)
            const [reached = [], wanted = []] = [snapshot, { params }].map((at) => [
              ...toArray(at.params.fc1.W),
            ])
            const near = wanted.map((value): unknown => expect.closeTo(value, 12))
            expect(reached).toEqual(backend === 'reference' ? wanted : near)
            expect(snapshot.step).toBe((index + 1) * Math.ceil(count / batch))
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  it('takes every example once an epoch, the last short batch included', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 22 }),
        fc.nat(),
        async (count, batch, from) => {
          const examples = reshape(cast(equal(iota([count, count], 0), iota([count, count], 1)), 'float64'), [
            count,
            count,
          ])
          const loss = objective(affine(count, 1), meanPrediction())
          const params = { W: zeros([count, 1], 'float64'), b: zeros([1], 'float64') }
          const options = {
            data: { input: examples },
            optimizer: sgd(1),
            epochs: 1,
            batch,
            seed: from,
            params,
            backend,
          }
          const [snapshot] = await collect(fit(loss, options))
          const sizes = [...toArray(snapshot?.params.W ?? params.W)].map((moved) => Math.round(-1 / moved))
          const rest = count % batch
          const full = Array.from({ length: count - rest }, () => batch)
          const wanted = [...Array.from({ length: rest }, () => rest), ...full]
          expect(sizes.toSorted((a, b) => a - b)).toEqual(wanted.toSorted((a, b) => a - b))
        },
      ),
    )
  })

  it('gives snapshots every epoch, or every so many steps and after the last', async () => {
    await fc.assert(
      fc.asyncProperty(smallRun, async ({ objective, options }) => {
        const { epochs, batch, every, data } = options
        const perEpoch = Math.ceil((data['input']?.shape[0] ?? 0) / batch)
        const steps = Array.from({ length: epochs * perEpoch }, (_, index) => index + 1)
        const due = steps.filter((step) => step % (every ?? perEpoch) === 0 || step === steps.length)
        const found = await collect(fit(objective, { ...options, backend }))
        expect(found.map(({ step }) => step)).toEqual(due)
        expect(found.map(({ epoch }) => epoch)).toEqual(due.map((step) => Math.ceil(step / perEpoch)))
        for (const snapshot of found) {
          expect(snapshot.cursor.seed).toBe(options.seed ?? 0)
          expect(snapshot.validation === undefined).toBe(options.validation === undefined)
          expect(snapshot.accuracy).toBeGreaterThanOrEqual(0)
          expect(snapshot.accuracy).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('gives layers a key of seed and step alone, and the state they returned', async () => {
    const net = sequential(['N', 1], ['fc', affine(1, 1)], ['witness', witness()])
    const data = { input: zeros([5, 1]) }
    const options = { data, optimizer: sgd(0), epochs: 3, batch: 2, seed: 7, every: 1, backend }
    const found = await collect(fit(objective(net, meanPrediction()), options))
    const keys = found.map(({ state }) => toNested(lookupAny(state, 'net.witness.key')))
    const wanted = found.map(({ step }) => fold(fold(fold(seed(7), 'step'), step - 1), 'witness'))
    expect(keys).toEqual(wanted.map(toNested))
    expect(new Set(keys.map(String)).size).toBe(9)
    expect(found.map(({ state }) => toNumber(lookupAny(state, 'net.witness.calls')))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]) // prettier-ignore
  })

  it('starts anew with every iteration, and learns xor', async () => {
    const net = sequential(['N', 2], ['fc1', affine(2, 16)], ['relu', relu()], ['fc2', affine(16, 2)])
    const loss = objective(net, softmaxCrossEntropy(2))
    const input = tensor([[0, 0], [0, 1], [1, 0], [1, 1]]) // prettier-ignore
    const data = { input, labels: tensor([0, 1, 1, 0], 'int32') }
    const run = fit(loss, { data, optimizer: chain(momentum(0.9), sgd(0.1)), epochs: 60, batch: 3, backend })
    const [first, second] = [await collect(run), await collect(run)]
    expect(first.map(plain)).toStrictEqual(second.map(plain))
    expect(first.at(-1)?.accuracy).toBe(1)
    expect(first.at(-1)?.params.fc1.W.shape).toEqual([2, 16])
  })
})

/** Every object that can be reached from a value. */
function reachable(value: unknown, found = new Set<object>()): ReadonlySet<object> {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || found.has(value))
    return found
  found.add(value)
  for (const child of Object.values(value)) reachable(child, found)
  return found
}

const numbersOf = (tree: TreeRecord) => leaves(tree).map(([path, x]) => [path, [...toArray(x)]])

describe.each(computing)('immutability on %s', (backend) => {
  it('freezes all that can be reached from a snapshot, and leaves what it was given as it was', async () => {
    await fc.assert(
      fc.asyncProperty(smallRun, async ({ objective, options }) => {
        const { data } = options
        const dtype = data['input']?.dtype === 'float64' ? 'float64' : 'float32'
        const params: TreeRecord = { ...objective.init(seed(3), { dtype }) }
        const before = [params, data, objective.initialState].map(numbersOf)
        const found = await collect(fit(objective, { ...options, params, backend }))
        const loose = found.flatMap((snapshot) => [...reachable(snapshot)].filter((x) => !Object.isFrozen(x)))
        expect(loose).toEqual([])
        expect([params, data, objective.initialState].map(numbersOf)).toEqual(before)
        expect(Object.isFrozen(params)).toBe(false)
      }),
      { numRuns: 20 },
    )
  })
})
