import { evaluate, fold, fromValues, randomNormal, seed, type TreeRecord } from '@pullback/core'
import { titleOf } from '../peers/title.ts'
import { backends } from '../peers/pullback/backend.ts'
import type { Entry } from '../peers/pullback/entries.ts'
import { deepLoss, stepOf } from '../peers/pullback/step.ts'
import { trainOn } from '../peers/pullback/training.ts'
import type { Pace as RacePace } from '../run/race.ts'
import { median } from '../statistics/statistics.ts'

/** How many rounds to measure, and how long a batch of steps takes in each. */
export type Pace = Pick<RacePace, 'rounds' | 'batchMilliseconds'>

export type Dimension = 'N' | 'D' | 'H' | 'layers'

/** The cost of a step where one dimension has this value and the others stay. */
export interface Point {
  readonly value: number
  readonly microseconds: number
}

/** How the cost of a step grows with one dimension. */
export interface Growth {
  readonly title: string
  readonly dimension: Dimension
  readonly points: readonly Point[]
}

const base = { N: 64, D: 64, H: 64, C: 10, layers: 2 }

const twoDecades = [20, 43, 93, 200, 431, 928, 2000]

/** What each dimension is grown through; 2 and 100 layers are what the promise of the library is about. */
export const ranges: Readonly<Record<Dimension, readonly number[]>> = {
  N: twoDecades,
  D: twoDecades,
  H: twoDecades,
  layers: [2, 5, 10, 20, 50, 100],
}

const draw = (name: string, shape: readonly number[]) =>
  evaluate(randomNormal(fold(seed(0), name), shape, 'float32'))

/** The step of a net of some layers as a training that can be timed. */
async function trainingOf({ backend, threads }: Entry, grown: Partial<typeof base>) {
  const { N, D, H, C, layers } = { ...base, ...grown }
  const loss = deepLoss([D, ...Array.from({ length: layers - 1 }, () => H), C])
  const params = evaluate(loss.init(seed(0)))
  const labels = Array.from({ length: N }, (_, i) => i % C)
  const batch: TreeRecord = { input: draw('X', [N, D]), labels: fromValues(labels, [N], 'int32') }
  return trainOn(backends[backend](threads), stepOf(loss), params, batch)
}

function elapsed(step: (count: number) => void, count: number): number {
  const before = performance.now()
  step(count)
  return performance.now() - before
}

/** A training with as many steps as fill a batch, found in growing batches, which also let engines optimise. */
async function warmed(entry: Entry, grown: Partial<typeof base>, batchMilliseconds: number) {
  const { step } = await trainingOf(entry, grown)
  let count = 1
  while (elapsed(step, count) < batchMilliseconds) count *= 2
  return { step, count }
}

/** Measures how the cost of a step grows with one dimension, all its sizes in turn, round after round. */
export async function grow(entry: Entry, dimension: Dimension, pace: Pace): Promise<Growth> {
  const runs = []
  for (const value of ranges[dimension])
    runs.push({
      value,
      times: Array<number>(),
      ...(await warmed(entry, { [dimension]: value }, pace.batchMilliseconds)),
    })
  for (let round = 0; round < pace.rounds; round++)
    for (const { step, count, times } of runs) times.push((1000 * elapsed(step, count)) / count)
  const points = runs.map(({ value, times }): Point => ({ value, microseconds: median(times) }))
  return { title: titleOf(entry), dimension, points }
}
