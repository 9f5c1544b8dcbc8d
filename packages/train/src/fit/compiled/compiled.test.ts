import {
  affine,
  cast,
  fromValues,
  leaves,
  mean,
  objective,
  relu,
  sequential,
  softmaxCrossEntropy,
  toArray,
} from '@pullback/core'
import { wasm } from '@pullback/wasm'
import * as fc from 'fast-check'
import { GCProfiler } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { chain, fit, momentum, sgd, type Metric, type Snapshot } from '../../index.ts'
import { collect, plain, smallRun } from '../run.arbitrary.ts'
import { mirror } from './backends.fixture.ts'

/** The mean of the numbers of each example. */
const brightness: Metric = (prediction, { input }) => {
  const rows = cast(input ?? prediction, 'float64')
  return mean(rows, { axes: 1 })
}

const unnamed = (snapshot: Snapshot) => ({ ...plain(snapshot), backend: '' })

/** All numbers of a snapshot that are not counted but measured. */
const numbersOf = ({ loss, metrics, validation, params, optimizerState, state }: Snapshot) => [
  loss,
  ...Object.values(metrics),
  ...(validation === undefined ? [] : [validation.loss, ...Object.values(validation.metrics)]),
  ...leaves({ params, optimizerState, state }).flatMap(([, x]) => [...toArray(x)]),
]

describe('a run', () => {
  it('is that of the interpreter to the bit, where the backend computes as that does', async () => {
    await fc.assert(
      fc.asyncProperty(smallRun, async ({ objective, options }) => {
        const run = { ...options, metrics: { brightness } }
        const wanted = await collect(fit(objective, { ...run, backend: 'reference' }))
        const found = await collect(fit(objective, { ...run, backend: mirror }))
        expect(found.map(unnamed)).toStrictEqual(wanted.map(unnamed))
      }),
      { numRuns: 30 },
    )
  })

  it('is that of the interpreter but for rounding', async () => {
    await fc.assert(
      fc.asyncProperty(smallRun, async ({ objective, options }) => {
        const run = { ...options, metrics: { brightness } }
        const wanted = await collect(fit(objective, { ...run, backend: 'reference' }))
        const found = await collect(fit(objective, { ...run, backend: 'wasm' }))
        const digits = leaves(wanted[0]?.params ?? {}).some(([, { dtype }]) => dtype === 'float64') ? 9 : 3
        expect(found.map(({ step, epoch }) => [step, epoch])).toEqual(
          wanted.map(({ step, epoch }) => [step, epoch]),
        )
        expect(found.map(numbersOf)).toEqual(
          wanted.map((one) => numbersOf(one).map((value): unknown => expect.closeTo(value, digits))),
        )
      }),
      { numRuns: 30 },
    )
  })

  it('does not disturb another one', async () => {
    await fc.assert(
      fc.asyncProperty(smallRun, smallRun, async (one, other) => {
        const runs = [one, other, one].map(({ objective, options }) =>
          fit(objective, { ...options, backend: 'wasm' }),
        )
        const alone: (readonly Snapshot[])[] = []
        for (const run of runs) alone.push(await collect(run))
        const together = runs.map((): Snapshot[] => [])
        const running = runs.map((run) => run[Symbol.asyncIterator]())
        for (let open = running.length; open > 0;) {
          open = 0
          for (const [index, iterator] of running.entries()) {
            const { value, done } = await iterator.next()
            if (done === true) continue
            open += 1
            together[index]?.push(value)
          }
        }
        expect(together.map((run) => run.map(plain))).toStrictEqual(alone.map((run) => run.map(plain)))
      }),
      { numRuns: 15 },
    )
  })

  it('leaves the snapshots that it gave as they were', async () => {
    await fc.assert(
      fc.asyncProperty(smallRun, async ({ objective, options }) => {
        const snapshots: Snapshot[] = []
        const pictures: ReturnType<typeof plain>[] = []
        for await (const snapshot of fit(objective, { ...options, backend: 'wasm', every: 1 })) {
          snapshots.push(snapshot)
          pictures.push(plain(snapshot))
        }
        expect(snapshots.map(plain)).toStrictEqual(pictures)
      }),
      { numRuns: 20 },
    )
  })
})

const net = sequential(['N', 4], ['fc1', affine(4, 10)], ['relu', relu()], ['fc2', affine(10, 3)])
const loss = objective(net, softmaxCrossEntropy(3))
const optimizer = chain(momentum(0.9), sgd(1e-3))

/** So many examples, which are the same every time. */
const examples = (count: number) => ({
  input: fromValues(
    Float32Array.from({ length: 4 * count }, (_, at) => Math.sin(at)),
    [count, 4] as const,
  ),
  labels: fromValues(
    Int32Array.from({ length: count }, (_, at) => at % 3),
    [count] as const,
    'int32',
  ),
})

describe('memory', () => {
  it('is enough for 10^5 steps where it cannot grow, and hardly any is used outside', async () => {
    const backend = wasm({ threads: 1, maximumBytes: 2 ** 20 })
    const options = { data: examples(1001), optimizer, batch: 4, every: 1e9, backend }
    const [perEpoch, warmUp, epochs] = [251, 40, 400]
    const warm = await collect(fit(loss, { ...options, epochs: warmUp }))
    const profiler = new GCProfiler()
    profiler.start()
    const [last] = await collect(fit(loss, { ...options, epochs: warmUp + epochs, resume: warm.at(-1) }))
    const { statistics } = profiler.stop()
    expect(last?.step).toBe((warmUp + epochs) * perEpoch)
    const used = statistics.map(({ beforeGC, afterGC }) => ({
      before: beforeGC.heapStatistics.usedHeapSize,
      after: afterGC.heapStatistics.usedHeapSize,
    }))
    const made = used.slice(1).reduce((sum, { before }, index) => sum + before - (used[index]?.after ?? 0), 0)
    expect(made / (epochs * perEpoch)).toBeLessThan(500)
  })

  it('that has no room for the data is given them batch by batch, with the same bits', async () => {
    const options = { data: examples(60_000), optimizer, epochs: 1, batch: 900, every: 20 }
    const [small, large] = [2 ** 20, 2 ** 26].map((maximumBytes) => wasm({ threads: 1, maximumBytes }))
    const wanted = await collect(fit(loss, { ...options, backend: large }))
    const found = await collect(fit(loss, { ...options, backend: small }))
    expect(found.map(plain)).toStrictEqual(wanted.map(plain))
    expect(found.length).toBe(4)
  })
})
