import type { Law, Outcome, Violation } from '../law/law.ts'
import type { Sample } from '../sample/sample.ts'
import type { Certified } from '../numeric/certify.ts'
import { threefold } from '../numeric/ladder.ts'
import { compare, numericAt, type Comparison } from './compare.ts'
import { roundingAt } from './confirm.ts'
import { jointDirection } from './directions.ts'
import { dot, entryCount, oneHotVector, type Vector } from './kernels/vectors.ts'
import { derivatives, gradientsAt, linesThrough, quickly, type Sampling } from './lines.ts'
import { isChoice } from './choices.ts'
import { positionsAround } from './neighbours.ts'
import { indexIn, placeOf, showPlace } from './place.ts'
import { pointOf, type Point } from './point.ts'

const mostOutputs = 8
const mostEntries = 48
const mostLooks = 24
const neighbours = 6
const radius = 1e-5

/** Gradients this close to a kink may differ from those at it by this share. */
const slack = 1e-3

const independently: Sampling = { ladder: threefold, plainly: false }

/** A direction, and the entry it is along if it is one. */
interface Look {
  readonly v: Vector
  readonly entry: number
}

/** What backward gives for one output at the point and around it. */
interface Gradients {
  readonly output: number
  readonly w: Float64Array
  readonly here: Vector
  readonly around: readonly Vector[]
}

/**
 * Law 5: where the one-sided derivatives along a direction differ, the gradient lies between them.
 *
 * Judged for outputs that have a kink at the sample: along single entries, along all entries together, which moves
 * ties together, and away from the gradients around. What backward gives around must itself lie between them, as it
 * does at the kinks of maxima and minima; where it does not, as for order statistics, nothing is decided.
 */
export const kinkLaw: Law = { name: 'kinks', check: checkKinkLaw }

function checkKinkLaw(sample: Sample): Outcome {
  const point = pointOf(sample)
  const { at } = point
  const joint = jointDirection(point, sample.seed)
  if (entryCount(at) === 0 || point.width === 0) return { verdict: 'holds' }
  const outputs = kinkedOutputs(point, at, joint)
  if (outputs.length === 0) return { verdict: 'holds' }
  const gradients = gradientsOf(point, at, outputs, sample.seed)
  const looks = looksAt(at, joint, gradients)
  const counts: Counts = { compared: 0, unresolved: 0, looks: mostLooks }
  for (const sampling of [quickly, independently]) {
    const lines = linesThrough(
      point,
      at,
      looks.map(({ v }) => v),
      sampling,
    )
    const outside = lines.flatMap((line, index) => {
      const found = derivatives(point, line, sampling)
      const look = looks[index]
      return look === undefined
        ? []
        : gradients.flatMap((each) => judge(point, at, look, each, found, counts))
    })
    const [first] = outside
    if (first === undefined) break
    if (sampling === independently)
      return { verdict: 'violated', violation: violationOf(point, first, sample) }
    Object.assign(counts, { compared: 0, unresolved: 0, looks: mostLooks })
  }
  const { unresolved, compared } = counts
  return unresolved === 0 ? { verdict: 'holds' } : { verdict: 'unresolved', unresolved, compared }
}

function kinkedOutputs(point: Point, at: Vector, v: Vector): readonly number[] {
  const [line] = linesThrough(point, at, [v])
  if (line === undefined) return []
  const { gap } = derivatives(point, line)
  const kinked = Array.from(gap.keys()).filter((output) => gap[output] !== 0 && gap[output] !== Infinity)
  const stride = Math.max(1, Math.ceil(kinked.length / mostOutputs))
  return kinked.filter((_, index) => index % stride === 0)
}

function gradientsOf(
  point: Point,
  at: Vector,
  outputs: readonly number[],
  seed: number,
): readonly Gradients[] {
  const cotangents = outputs.map((output) =>
    Float64Array.from({ length: point.width }, (_, index) => (index === output ? 1 : 0)),
  )
  const here = gradientsAt(point, at, cotangents)
  const around = positionsAround(at, radius, neighbours, seed).map((neighbour) =>
    gradientsAt(point, neighbour, cotangents),
  )
  return outputs.map((output, index) => ({
    output,
    w: cotangents[index] ?? new Float64Array(0),
    here: here[index] ?? [],
    around: around.flatMap((all) => {
      const vector = all[index]
      return vector === undefined ? [] : [vector]
    }),
  }))
}

const meanOf = (vectors: readonly Vector[]): Vector =>
  (vectors[0] ?? []).map((values, leaf) =>
    values.map(
      (_, entry) => vectors.reduce((sum, vector) => sum + (vector[leaf]?.[entry] ?? 0), 0) / vectors.length,
    ),
  )

const minus = (a: Vector, b: Vector): Vector =>
  a.map((values, leaf) => values.map((value, entry) => value - (b[leaf]?.[entry] ?? 0)))

const largest = (v: Vector): number =>
  v.reduce((most, values) => values.reduce((size, value) => Math.max(size, Math.abs(value)), most), 0)

function furthestEntry(here: Vector, around: readonly Vector[]): number {
  const off = minus(here, meanOf(around)).flatMap((values) => Array.from(values, Math.abs))
  return off.reduce((best, value, entry) => (value > (off[best] ?? 0) ? entry : best), 0)
}

/** The entries whose gradient is another around than at the point. */
function changingEntries(gradients: readonly Gradients[]): readonly number[] {
  const changing = new Set<number>()
  for (const { here, around } of gradients)
    for (const there of around) {
      const difference = minus(there, here)
      const threshold = slack * Math.max(largest(there), largest(here))
      let entry = 0
      for (const values of difference)
        for (const value of values) {
          if (!(Math.abs(value) <= threshold)) changing.add(entry)
          entry += 1
        }
    }
  return [...changing].toSorted((a, b) => a - b).slice(0, mostEntries)
}

function looksAt(at: Vector, joint: Vector, gradients: readonly Gradients[]): readonly Look[] {
  const ones = at.map((values) => values.map(() => 1))
  const alone = ones.map((_, leaf) =>
    ones.map((values, other) => (other === leaf ? values : new Float64Array(values.length))),
  )
  const away = gradients.flatMap(({ here, around }) => {
    const direction = minus(here, meanOf(around))
    const size = largest(direction)
    return size > 1e-6 && size < Infinity
      ? [direction.map((values) => values.map((value) => value / size))]
      : []
  })
  return [
    ...changingEntries(gradients).map((entry) => ({ v: oneHotVector(at, entry), entry })),
    ...[ones, ...(at.length > 1 ? alone : []), joint, ...away].map((v) => ({ v, entry: -1 })),
  ]
}

/** What has been compared, and how many choices may still be looked into. */
interface Counts {
  compared: number
  unresolved: number
  looks: number
}

/** A gradient outside of the one-sided derivatives. */
interface Outside {
  readonly look: Look
  readonly output: number
  readonly comparison: Comparison
  /** The entry of the gradient that is furthest from what it is around. */
  readonly entryFurthestOff: number
}

const isOutside = ({ analytic, numeric, bound }: Comparison): boolean =>
  !(Math.abs(analytic - numeric) <= bound) && bound < Infinity

function judge(
  point: Point,
  at: Vector,
  look: Look,
  { output, w, here, around }: Gradients,
  found: Certified,
  counts: Counts,
): readonly Outside[] {
  const numeric = numericAt(found, output)
  if (numeric.gap === Infinity || numeric.error === Infinity) return []
  const isSpread = numeric.gap === 0 && numeric.error > slack * Math.max(1, Math.abs(numeric.value))
  counts.compared += 1
  const comparison = compare(point, here, look.v, w, numeric)
  if (!isOutside(comparison)) {
    if (isSpread) counts.unresolved += look.entry < 0 ? 0 : 1
    return []
  }
  const off = Math.abs(comparison.analytic - numeric.value)
  const give =
    slack * Math.max(numeric.gap, Math.abs(numeric.value), largest(look.v) * 1e-3) + comparison.bound
  const isBracketed =
    around.length > 0 && around.every((there) => Math.abs(dot(there, look.v) - numeric.value) <= give)
  const isClearlyOut = isBracketed && !isSpread && !(off <= 10 * give - 9 * comparison.bound)
  // Along several entries at once kinks of either sign add up, and nothing need be between.
  if (!isClearlyOut && look.entry < 0) return []
  counts.looks -= 1
  const mayBeChoice = counts.looks < 0 || isChoice(point, at, look.v, w, comparison)
  if (mayBeChoice && counts.looks >= 0) return []
  if (isClearlyOut && !mayBeChoice) {
    const again = compare(point, here, look.v, w, numeric, roundingAt(point, at, w))
    if (isOutside(again))
      return [{ look, output, comparison: again, entryFurthestOff: furthestEntry(here, around) }]
  }
  counts.unresolved += look.entry < 0 ? 0 : 1
  return []
}

function violationOf(
  point: Point,
  { look, output, comparison, entryFurthestOff }: Outside,
  sample: Sample,
): Violation {
  const of = showPlace({ tensor: 'output', index: indexIn(output, point.outputShape) })
  const sentence =
    comparison.gap === 0
      ? `at a tie or kink the gradient of ${of} disagrees with its derivative along a direction that keeps the tie`
      : `at a kink the gradient of ${of} is not between its one-sided derivatives`
  return {
    law: 'kinks',
    sentence,
    place: placeOf(point, look.entry >= 0 ? look.entry : entryFurthestOff),
    analytic: comparison.analytic,
    expected: comparison.numeric,
    bound: comparison.bound,
    sample,
  }
}
