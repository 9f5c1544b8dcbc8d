import { evaluate, fromValues, isFloat, leaves, toArray, type AnyTensor, type Bindings } from '@pullback/core'
import { bindingsOf, resultsOf, sampleExpressions } from '../expression/evaluateSample.ts'
import { givenLeaves } from '../expression/expressions.ts'
import { meaningOf } from '../expression/meaning.ts'
import { toFloat } from '../expression/unbounded.ts'
import { randomFrom } from '../sample/random.ts'
import type { Sample } from '../sample/sample.ts'
import type { Law, Outcome } from './law.ts'
import { holds, violated } from './outcomes.ts'
import { placeOf } from './place.ts'

/** One element of a tensor that is not finite. */
interface Found {
  readonly path: string
  readonly tensor: AnyTensor
  readonly position: number
  readonly value: number
}

function notFinite(paths: readonly (readonly [string, AnyTensor])[], bindings: Bindings): readonly Found[] {
  const values = evaluate(Object.fromEntries(paths), bindings)
  return paths.flatMap(([path, tensor]) => {
    const array = toArray(values[path] ?? tensor)
    const position = array.findIndex((value) => !Number.isFinite(value))
    return position === -1 ? [] : [{ path, tensor, position, value: array[position] ?? NaN }]
  })
}

/** What an element means, no number on the way being too large; and whether it is itself too large for a float. */
function meaning({ tensor, position }: Found): (bindings: Bindings) => { value: number; tooLarge: boolean } {
  const means = meaningOf([tensor]).get(tensor)
  if (means === undefined) throw new Error('finiteness: a tensor has no meaning')
  const expressions = { value: toFloat(means), m: means.m }
  return (bindings) => {
    const { value, m } = evaluate(expressions, bindings)
    const [v, mantissa] = [toArray(value)[position] ?? NaN, toArray(m)[position] ?? NaN]
    return { value: v, tooLarge: !Number.isFinite(v) && Number.isFinite(mantissa) }
  }
}

type Direction = (path: string, position: number) => number

/** Directions in which to leave a point where the layer is not defined: all at once, either way, and few alone. */
function directionsAt(sample: Sample): readonly Direction[] {
  const random = randomFrom(sample.seed, 'finiteness')
  const drawn = new Map<string, number>()
  const normal: Direction = (path, position) => {
    const key = `${path} ${position}`
    const value = drawn.get(key) ?? random.normal()
    drawn.set(key, value)
    return value
  }
  const floats = givenLeaves(sample).filter(([, { dtype, shape }]) => isFloat(dtype) && !shape.includes(0))
  const alone = floats.flatMap(([path, { shape }]): readonly Direction[] => {
    const count = shape.reduce((product, size) => product * size, 1)
    const one = random.below(count)
    return [
      (at, position) => (at === path ? normal(at, position) : 0),
      (at, position) => (at === path && position === one ? 1 : 0),
      (at, position) => (at === path && position === 0 ? 1 : 0),
    ]
  })
  return [
    normal,
    (path, position) => Math.abs(normal(path, position)),
    (path, position) => -Math.abs(normal(path, position)),
    ...alone,
  ]
}

const distances = [1e-3, 1e-5, 1e-7]

/** Whether an element goes to a limit along a direction, grows without bounds, or is not defined there either. */
function behaviour(
  sample: Sample,
  at: ReturnType<typeof meaning>,
  direction: Direction,
): 'limit' | 'pole' | 'none' {
  const bindings = bindingsOf(sample)
  const moved = (distance: number): Bindings => ({
    ...bindings,
    ...Object.fromEntries(
      givenLeaves(sample)
        .filter(([, { dtype }]) => isFloat(dtype))
        .map(([path, tensor]) => [
          path,
          fromValues(
            Float64Array.from(
              toArray(tensor),
              (value, position) =>
                value + distance * Math.max(1, Math.abs(value)) * direction(path, position),
            ),
            [...tensor.shape],
            'float64',
          ),
        ]),
    ),
  })
  const [far = NaN, near = NaN, nearest = NaN] = distances.map((distance) => at(moved(distance)).value)
  if ([far, near, nearest].some((value) => Math.abs(value) === Infinity)) return 'pole'
  if (![far, near, nearest].every(Number.isFinite)) return 'none'
  const settles = Math.abs(nearest - near) <= 0.5 * Math.abs(near - far) + 1e-3 * Math.abs(nearest) + 1e-12
  return settles ? 'limit' : 'pole'
}

/**
 * Whether another formula for the same function would have given a number: the layer's own does when nothing overflows
 * on the way, or it is not defined at the point but bounded around it. Where the function itself is too large for a float
 * or has a pole, no formula helps.
 */
function avoidable(sample: Sample, found: Found): boolean {
  const at = meaning(found)
  const { value, tooLarge } = at(bindingsOf(sample))
  if (Number.isFinite(value)) return true
  if (tooLarge) return false
  const seen = new Set(directionsAt(sample).map((direction) => behaviour(sample, at, direction)))
  return seen.has('limit') && !seen.has('pole')
}

/** The sample with a gradient by every output: nothing times an infinite slope is no number, but the slope is rightly infinite. */
const askingForAll = (sample: Sample): Sample => ({
  ...sample,
  dOutput: fromValues(
    Float64Array.from(toArray(sample.dOutput), (value) => (value === 0 ? 1 : value)),
    [...sample.dOutput.shape],
    sample.dOutput.dtype,
  ),
})

function judged(sample: Sample, found: readonly Found[], sentence: string): Outcome {
  const asked = askingForAll(sample)
  const wrong = found.find((element) => avoidable(asked, element))
  if (wrong === undefined) return holds
  const { path, tensor, position, value } = wrong
  return violated('finiteness', sample, sentence, {
    place: placeOf('', path, tensor.shape, position),
    analytic: value,
  })
}

/**
 * Finite in, finite out, for forward and backward, also at 0, 1e4, equal logits, rows without variance and probabilities
 * 0 and 1; but for what no formula for the same function could give: a value that a float cannot hold, or a pole.
 */
export const finitenessLaw: Law = {
  name: 'finiteness',
  check(sample) {
    const { output, state, dParams, dInput } = resultsOf(sampleExpressions(sample))
    const bindings = bindingsOf(sample)
    const forward = notFinite(leaves({ output, state }), bindings)
    if (forward.length > 0)
      return judged(sample, forward, 'forward does not give a finite number where the function is one')
    return judged(
      sample,
      notFinite(leaves({ params: dParams, input: dInput }), bindings),
      'backward does not give a finite number where the gradient is one',
    )
  },
}
