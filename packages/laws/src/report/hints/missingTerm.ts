import { toArray } from '@pullback/core'
import { close, differentiable } from '../gradientsAt.ts'
import { showTensor } from '../showPlace.ts'
import type { Hint, Point } from './evidence.ts'

const missing = ({ gradient: { analytic, expected } }: Point): Float64Array =>
  expected.map((value, entry) => value - (analytic[entry] ?? 0))

/** What is missing from a gradient at a point as a multiple of some values; relative to dOutput where that is a number. */
function multiple(point: Point, values: ArrayLike<number>): number | undefined {
  const lack = missing(point)
  if (values.length !== lack.length || lack.length === 0) return undefined
  let largest = 0
  for (let entry = 0; entry < values.length; entry++)
    if (Math.abs(values[entry] ?? 0) > Math.abs(values[largest] ?? 0)) largest = entry
  const factor = (lack[largest] ?? 0) / (values[largest] ?? 0)
  const [upstream = 1, ...others] = toArray(point.sample.dOutput)
  // The difference of two numbers of size 1 is not known better than to 1e-16, whatever it is.
  const exact = Array.from({ length: lack.length }, (_, entry) => factor * (values[entry] ?? 0))
  const same = exact.every((value, entry) => Math.abs(value - (lack[entry] ?? 0)) <= 1e-9 * Math.abs(factor))
  if (!Number.isFinite(factor) || factor === 0 || !(same || close(exact, lack))) return undefined
  return others.length === 0 ? factor / upstream : factor
}

function sameMultiple(points: readonly Point[], valuesAt: (point: Point) => ArrayLike<number> | undefined) {
  const factors = points.map((point) => multiple(point, valuesAt(point) ?? []))
  const [first] = factors
  const agrees = (factor: number | undefined) =>
    factor !== undefined && first !== undefined && Math.abs(factor - first) <= 1e-6 * Math.abs(first)
  return factors.every(agrees) ? first : undefined
}

const rounded = (value: number): number => Number(value.toPrecision(6))

/** The gradient lacks a constant multiple of a parameter or an input, as when a penalty is left out. */
export const missingTerm: Hint = ({ points }) => {
  const [first] = points
  if (first === undefined) return undefined
  for (const tensor of differentiable(first.sample).keys()) {
    const factor = sameMultiple(points, ({ sample }) => {
      const leaf = differentiable(sample).get(tensor)
      return leaf && toArray(leaf)
    })
    if (factor === undefined) continue
    const term = `${rounded(Math.abs(factor))} ${showTensor(tensor)}`
    return factor > 0
      ? `lacks ${term}: a term, such as a penalty's, is left out`
      : `has ${term} too much: a term that does not belong there, or counts twice`
  }
  return undefined
}

/** The gradient lacks a multiple of the cotangent, as when the way around a residual branch is left out. */
export const missingPath: Hint = ({ points }) => {
  const holds = points.some(({ sample }) => sample.dOutput.shape.length > 0)
  const factor = sameMultiple(points, ({ sample }) => toArray(sample.dOutput))
  if (!holds || factor === undefined) return undefined
  return factor > 0
    ? `lacks ${rounded(factor)} dOutput: a way from input to output is left out`
    : `has ${rounded(-factor)} dOutput too much: a way from input to output is counted twice`
}
