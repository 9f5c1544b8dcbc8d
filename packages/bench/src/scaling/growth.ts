import { evaluate, fold, fromValues, randomNormal, seed, type TreeRecord } from '@pullback/core'
import { titleOf } from '../peers/title.ts'
import type { Size } from '../problem/sizes.ts'
import { backends } from '../peers/pullback/backend.ts'
import type { Entry } from '../peers/pullback/entries.ts'
import { deepLoss, stepOf } from '../peers/pullback/step.ts'
import { trainOn } from '../peers/pullback/training.ts'
import type { Pace as RacePace } from '../run/race.ts'
import { median } from '../statistics/statistics.ts'

/** How many rounds to measure, and how long a batch of steps takes in each. */
export type Pace = Pick<RacePace, 'rounds' | 'batchMilliseconds'>

export type Dimension = 'N' | 'D' | 'H' | 'layers' | 'alike'

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

interface Net extends Omit<Size, 'name'> {
  readonly layers: number
}

const base: Net = { N: 64, D: 64, H: 64, C: 10, layers: 2 }
/** What grows from another net: that of the table for images with more hidden layers, and one whose layers are all alike. */
const shallow: Partial<Record<Dimension, Net>> = {
  layers: { N: 128, D: 784, H: 100, C: 10, layers: 2 },
  alike: { N: 64, D: 64, H: 64, C: 64, layers: 2 },
}

const twoDecades = [20, 43, 93, 200, 431, 928, 2000]

const counts = [2, 5, 10, 20, 50, 100]

/** What each dimension is grown through; 2 and 100 layers are what the promise of the library is about. */
export const ranges: Readonly<Record<Dimension, readonly number[]>> = {
  N: twoDecades,
  D: twoDecades,
  H: twoDecades,
  layers: counts,
  alike: counts,
}

const draw = (name: string, shape: readonly number[]) =>
  evaluate(randomNormal(fold(seed(0), name), shape, 'float32'))

/** The step of a net of some layers as a training that can be timed. */
function trainingOf({ backend, threads }: Entry, { N, D, H, C, layers }: Net) {
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

/** For how long steps are taken before they are timed: by then engines have optimised them. */
const warmUpMilliseconds = 300

/** A training with as many steps as fill a batch. */
function warmed(entry: Entry, net: Net, batchMilliseconds: number) {
  const { step } = trainingOf(entry, net)
  let count = 1
  while (elapsed(step, count) < warmUpMilliseconds) count *= 2
  const once = elapsed(step, count) / count
  return { step, count: Math.max(1, Math.ceil(batchMilliseconds / once)) }
}

/** Measures how the cost of a step grows with one dimension, all its sizes in turn, round after round. */
export function grow(entry: Entry, dimension: Dimension, pace: Pace): Growth {
  const net = shallow[dimension] ?? base
  const grown = dimension === 'alike' ? 'layers' : dimension
  const runs = ranges[dimension].map((value) => ({
    value,
    times: Array<number>(),
    ...warmed(entry, { ...net, [grown]: value }, pace.batchMilliseconds),
  }))
  for (let round = 0; round < pace.rounds; round++)
    for (const { step, count, times } of runs) times.push((1000 * elapsed(step, count)) / count)
  const points = runs.map(({ value, times }): Point => ({ value, microseconds: median(times) }))
  return { title: titleOf(entry), dimension, points }
}
