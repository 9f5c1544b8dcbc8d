import type { Law, Violation } from '../../law/law.ts'
import type { Sample } from '../../sample/sample.ts'
import { close, gradientsAt, type Gradient } from '../gradientsAt.ts'
import { redrawn, rowsOf, withRows } from '../vary.ts'

/** A point at which the gradients of a layer were worked out. */
export interface Point {
  readonly sample: Sample
  /** That of the tensor in which the violation is. */
  readonly gradient: Gradient
  /** Those of all tensors. */
  readonly gradients: readonly Gradient[]
}

/** What the hints look at. */
export interface Evidence {
  readonly violation: Violation
  /** Standard normal points if the tensor's gradient is wrong at several of them, else that of the violation. */
  readonly points: readonly Point[]
  /** Whether the gradient is wrong at standard normal values of the same shapes, too. */
  readonly general: boolean
  /** The tensor's gradient at another sample. */
  readonly at: (sample: Sample) => Point | undefined
  /** Whether the law is violated at another sample. */
  readonly violated: (sample: Sample) => boolean
}

/** Looks for one pattern; says what it suggests, or nothing. */
export type Hint = (evidence: Evidence) => string | undefined

/** Whether something holds at every point, of which there is one at least. */
export const always = (points: readonly Point[], holds: (point: Point) => boolean): boolean =>
  points.length > 0 && points.every(holds)

/** Whether a gradient is wrong. */
export const differs = ({ analytic, expected }: Gradient): boolean => !close(analytic, expected)

/** So many entries a pattern must hold at to be no coincidence, in two draws at least and eight at most. */
const manyEntries = 8

const drawsFor = (entries: number): readonly number[] =>
  Array.from(
    { length: Math.min(8, Math.max(2, Math.ceil(manyEntries / Math.max(entries, 1)))) },
    (_, draw) => draw + 1,
  )

/** With fewer rows than this many patterns look alike. */
const enoughRows = 4

/** With fewer entries at a single point a pattern is a coincidence. */
const enoughEntries = 3

/** Standard normal values of the same shapes, but for a few more rows. */
function typical(sample: Sample, draw: number): Sample {
  const rows = rowsOf(sample) ?? enoughRows
  const more = Array.from({ length: Math.max(rows, enoughRows) }, (_, row) => row)
  return redrawn((rows < enoughRows ? withRows(sample, more) : undefined) ?? sample, draw)
}

/** The tensor in which a violation is, as its gradient's name: the worst of all if the law does not say. */
function wrongTensor({ place, sample }: Violation): string | undefined {
  if (place !== undefined) return place.tensor.replace(/^dParams\b/, 'params').replace(/^dInput\b/, 'input')
  return gradientsAt(sample).find(differs)?.tensor
}

/** Gathers what the hints look at. */
export function evidenceFor(violation: Violation, law: Law): Evidence {
  const tensor = wrongTensor(violation)
  const at = (sample: Sample): Point | undefined => {
    const gradients = gradientsAt(sample)
    const gradient = gradients.find((each) => each.tensor === tensor)
    return gradient && { sample, gradient, gradients }
  }
  const violated = (sample: Sample): boolean => {
    try {
      return law.check(sample).verdict === 'violated'
    } catch {
      return false
    }
  }
  const { sample } = violation
  const typicals = drawsFor(at(sample)?.gradient.analytic.length ?? 1).map((draw) => {
    const own = redrawn(sample, sample.seed + draw)
    const samples = [typical(sample, sample.seed + draw), own]
    return { own, wrong: samples.find(violated) }
  })
  const general = typicals.filter(({ wrong }) => wrong !== undefined).length >= 2
  const points = (general ? typicals.map(({ own, wrong }) => wrong ?? own) : [sample]).flatMap(
    (each) => at(each) ?? [],
  )
  const entries = points.reduce((count, { gradient }) => count + gradient.analytic.length, 0)
  return { violation, points: general || entries >= enoughEntries ? points : [], general, at, violated }
}
