import {
  abs,
  add,
  cast,
  dependencyOrder,
  derivative,
  evaluate,
  fromValues,
  input,
  isFloat,
  leaves,
  mul,
  scalar,
  sum,
  toNumber,
  type AnyTensor,
  type Tensor,
} from '@pullback/core'
import { bindingsOf, resultsOf, sampleExpressions } from '../expression/evaluateSample.ts'
import { givenLeaves, type Expressions } from '../expression/expressions.ts'
import { kinkOf } from '../expression/kink.ts'
import { float64, roundingErrors } from '../expression/rounding.ts'
import { drawValues } from '../sample/regime.ts'
import { randomFrom } from '../sample/random.ts'
import type { Sample } from '../sample/sample.ts'
import type { Law, Outcome } from './law.ts'
import { holds, violated } from './outcomes.ts'

/** Both sides of <J v, w> = <v, J^T w>, as expressions of v and w, and what is needed to judge them. */
interface Sides {
  readonly directions: readonly { readonly path: string; readonly name: string; readonly tensor: AnyTensor }[]
  readonly expressions: {
    readonly left: Tensor
    readonly right: Tensor
    readonly error: Tensor
    /** The sum of the sizes of the terms, which both sides may cancel to less. */
    readonly scale: Tensor
    readonly kink: AnyTensor
  }
}

const known = new WeakMap<Expressions, Sides>()

const inner = (a: AnyTensor, b: AnyTensor): Tensor => sum(mul(cast(a, 'float64'), cast(b, 'float64')))

const total = (terms: readonly Tensor[]): Tensor =>
  terms.reduce((whole, term) => add(whole, term), scalar(0, 'float64') as Tensor)

function sidesOf(expressions: Expressions): Sides {
  const found = known.get(expressions)
  if (found !== undefined) return found
  const { output, dOutput } = expressions
  const { dParams, dInput } = resultsOf(expressions)
  const gradients = new Map(leaves({ params: dParams, input: dInput }))
  const moving = givenLeaves(expressions).filter(([, { dtype }]) => isFloat(dtype))
  const directions = moving.map(([path, tensor]) => ({ path, name: `direction.${path}`, tensor }))
  const along = directions.map(
    ({ name, tensor }) => [tensor, input(name, [...tensor.shape], tensor.dtype) as Tensor] as const,
  )
  const left = inner(derivative(output, along), dOutput)
  const terms = along.flatMap(([, direction], index) => {
    const gradient = gradients.get(directions[index]?.path ?? '')
    return gradient === undefined ? [] : [[direction, gradient] as const]
  })
  const right = total(terms.map(([direction, gradient]) => inner(direction, gradient)))
  // Only a forward of float32 excuses a backward of float32.
  const narrows = dependencyOrder([output]).some(({ dtype }) => dtype === 'float32')
  const errors = roundingErrors([left, right], { ...float64, narrows })
  const none = scalar(0, 'float64')
  const sides: Sides = {
    directions,
    expressions: {
      left,
      right,
      error: add(errors.get(left) ?? none, errors.get(right) ?? none),
      scale: total(
        terms.flatMap(([direction, gradient]) => [
          inner(abs(direction), abs(gradient)),
          mul(sum(abs(cast(direction, 'float64'))), mul(sum(abs(cast(dOutput, 'float64'))), 1e-6)),
        ]),
      ),
      kink: kinkOf(
        [output],
        moving.map(([, tensor]) => tensor),
      ),
    },
  }
  known.set(expressions, sides)
  return sides
}

/** How many parameters and inputs are judged at one sample. */
const most = 3

/** What part of the terms a bound may be for a comparison to say something. */
const resolution = 1e-3

/** Whether the gradient by one parameter or input, `params.W`, is the derivative of forward along a random direction. */
export const derivativeAlong = (sample: Sample, path: string): Outcome =>
  judged(sample, sidesOf(sampleExpressions(sample)), path)

function judged(sample: Sample, sides: Sides, only: string): Outcome {
  const directions = Object.fromEntries(
    sides.directions.map(({ path, name, tensor }) => {
      const count = tensor.shape.reduce((product, size) => product * size, 1)
      const values =
        path === only
          ? drawValues('normal', count, randomFrom(sample.seed, `direction ${path}`))
          : new Float64Array(count)
      return [name, fromValues(values, [...tensor.shape], tensor.dtype)]
    }),
  )
  const found = evaluate(sides.expressions, { ...bindingsOf(sample), ...directions })
  const [left, right, error, scale, kink] = [
    found.left,
    found.right,
    found.error,
    found.scale,
    found.kink,
  ].map((x) => toNumber(x)) as [number, number, number, number, number]
  if (kink !== 0 || !Number.isFinite(left)) return holds
  const bound = 2 * error
  if (!(bound <= resolution * scale))
    return scale === 0 ? holds : { verdict: 'unresolved', unresolved: 1, compared: 1 }
  return Math.abs(left - right) <= bound
    ? holds
    : violated(
        'derivative',
        sample,
        "along a random direction the gradient is not the derivative of the layer's own forward",
        { place: { tensor: only, index: [] }, analytic: right, expected: left, bound },
      )
}

/**
 * Backward is the transpose of the exact derivative of forward, by forward mode on the layer's own expression, for every
 * parameter and input on its own:
 *
 *     <J v, w> = <v, J^T w>        within the rounding of both sides
 *
 * Points on a kink, or as close to one as rounding, are left to the law of kinks.
 */
export const derivativeLaw: Law = {
  name: 'derivative',
  check(sample) {
    const sides = sidesOf(sampleExpressions(sample))
    const from = sample.seed % Math.max(sides.directions.length, 1)
    const chosen = [...sides.directions.slice(from), ...sides.directions.slice(0, from)].slice(0, most)
    let undecided = 0
    for (const { path } of chosen) {
      const outcome = judged(sample, sides, path)
      if (outcome.verdict === 'violated') return outcome
      if (outcome.verdict === 'unresolved') undecided += 1
    }
    return undecided === 0 ? holds : { verdict: 'unresolved', unresolved: undecided, compared: chosen.length }
  },
}
