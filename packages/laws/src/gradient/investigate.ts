import type { LawName, Violation } from '../law/law.ts'
import type { Sample } from '../sample/sample.ts'
import { isChoice } from './choices.ts'
import type { Comparison } from './compare.ts'
import { confirm, roundingAt } from './confirm.ts'
import { oneHotVector, type Vector } from './kernels/vectors.ts'
import { worstEntry, worstOutput } from './localize.ts'
import { lookAround, type Around } from './neighbours.ts'
import { indexIn, placeOf, showPlace } from './place.ts'
import type { Point } from './point.ts'

const most = ({ agree, disagree }: Around): boolean => disagree >= 2 && disagree > agree

/** Whether backward gives around, up to a hundredth of what it is off by, what the differences give at the point. */
const isContinuous = ({ analytic }: Around, comparison: Comparison): boolean => {
  const off = Math.abs(comparison.analytic - comparison.numeric)
  return analytic.every((value) => !(Math.abs(value - comparison.numeric) > off / 100 + comparison.bound))
}

/** One direction and cotangent, and what was found of them. */
interface Finding {
  readonly v: Vector
  readonly w: Float64Array
  /** Of all leaves together. */
  readonly entry: number
  /** -1 if it is not one. */
  readonly output: number
  readonly comparison: Comparison
}

/**
 * The disagreement narrowed to one entry, and to one output if it is one's; nothing if no entry is found to be wrong on
 * its own, as where many kinks are near and blur the derivative of their sum.
 */
function narrow(point: Point, at: Vector, whole: Finding, rounding: Vector): Finding | undefined {
  const entry = worstEntry(point, at, whole.v, whole.w, rounding)
  if (entry < 0) return undefined
  const v = oneHotVector(at, entry)
  const byEntry = confirm(point, at, v, whole.w, rounding)
  if (byEntry.verdict !== 'disagree') return undefined
  const output = worstOutput(point, at, v)
  if (output >= 0) {
    const w = Float64Array.from(whole.w, (_, index) => (index === output ? 1 : 0))
    const byOutput = confirm(point, at, v, w)
    if (byOutput.verdict === 'disagree') return { v, w, entry, output, comparison: byOutput }
  }
  return { ...whole, v, entry, comparison: byEntry }
}

/**
 * Whether a disagreement is a mistake of backward: it is confirmed, narrowed down and compared with what is around.
 *
 * @param law the law that a violation breaks
 */
export function investigate(
  point: Point,
  at: Vector,
  v: Vector,
  w: Float64Array,
  sample: Sample,
  law: LawName = 'gradient',
): 'agree' | 'unresolved' | Violation {
  const rounding = roundingAt(point, at, w)
  const comparison = confirm(point, at, v, w, rounding)
  if (comparison.verdict !== 'disagree') return comparison.verdict
  const found = narrow(point, at, { v, w, entry: -1, output: -1, comparison }, rounding)
  if (found === undefined) return 'unresolved'
  const { far, near } = lookAround(point, at, found.v, found.w, rounding, sample.seed)
  if (most(far) || most(near)) return violation(point, found, sample, law, '')
  const isAlone = near.agree >= 3 && isContinuous(near, found.comparison)
  // Kinks that cancel leave no kink, but a gradient that is made of what was chosen for each.
  if (isAlone && !isChoice(point, at, found.v, found.w, found.comparison))
    return violation(point, found, sample, law, ', though it is right all around')
  return 'unresolved'
}

function violation(
  point: Point,
  { entry, output, comparison }: Finding,
  sample: Sample,
  law: LawName,
  where: string,
): Violation {
  const of =
    output < 0
      ? '<output, dOutput>'
      : showPlace({ tensor: 'output', index: indexIn(output, point.outputShape) })
  return {
    law,
    sentence: `the gradient of ${of} disagrees with its derivative${where}`,
    place: placeOf(point, entry),
    analytic: comparison.analytic,
    expected: comparison.numeric,
    bound: comparison.bound,
    sample,
  }
}
