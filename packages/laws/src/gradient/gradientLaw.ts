import { toArray } from '@pullback/core'
import type { Law, Outcome, Violation } from '../law/law.ts'
import type { Sample } from '../sample/sample.ts'
import { clearer } from './clearer.ts'
import { compare, numericAt } from './compare.ts'
import { directionsFor } from './directions.ts'
import { drawn } from './draw.ts'
import { investigate } from './investigate.ts'
import { gradientsAt, linesThrough, projectedDerivatives } from './lines.ts'
import { pointOf } from './point.ts'

/** The cotangent of the sample, if it asks for anything, and one drawn from the seed, in which every output counts. */
function cotangentsFor({ dOutput, seed }: Sample, width: number): readonly Float64Array[] {
  const given = Float64Array.from(toArray(dOutput))
  const random = drawn(seed, 500, width)
  return given.some((weight) => weight !== 0) ? [given, random] : [random]
}

/**
 * Law 4: for directions v and cotangents w, <J v, w> = <v, J^T w>, with J v from certified differences.
 *
 * In all tensors jointly and in every parameter and float input on its own.
 */
export const gradientLaw: Law = { name: 'gradient', check: checkGradientLaw }

function checkGradientLaw(sample: Sample): Outcome {
  const point = pointOf(sample)
  const { at } = point
  const directions = directionsFor(point, sample.seed)
  if (directions.length === 0 || point.width === 0) return { verdict: 'holds' }
  const cotangents = cotangentsFor(sample, point.width)
  const gradients = gradientsAt(point, at, cotangents)
  let unresolved = 0
  let compared = 0
  for (const line of linesThrough(point, at, directions)) {
    const found = projectedDerivatives(point, line, cotangents)
    for (const [index, w] of cotangents.entries()) {
      const { verdict } = compare(point, gradients[index] ?? [], line.direction, w, numericAt(found, index))
      compared += 1
      if (verdict === 'agree') continue
      const here = verdict === 'disagree' ? investigate(point, at, line.direction, w, sample) : verdict
      const result = here === 'unresolved' ? clearer(point, at, line, w, sample) : here
      if (isViolation(result)) return { verdict: 'violated', violation: result }
      if (result === 'unresolved') unresolved += 1
    }
  }
  return unresolved === 0 ? { verdict: 'holds' } : { verdict: 'unresolved', unresolved, compared }
}

const isViolation = (result: Violation | string): result is Violation => typeof result !== 'string'
