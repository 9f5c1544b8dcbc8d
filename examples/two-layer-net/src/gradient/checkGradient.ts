import {
  cast,
  elementCount,
  evaluate,
  fold,
  fromValues,
  input,
  leaves,
  lookupAny,
  mapTree,
  mul,
  randomNormal,
  seed as keyOf,
  toArray,
  toNumber,
  valueAndGradient,
  type Key,
  type Objective,
  type TreeRecord,
} from '@pullback/core'
import { take, type Dataset } from '@pullback/data'
import { inputsOf } from '../task/task.ts'
import { centralDifference, steps } from './centralDifference.ts'
import { tolerance, type Derivative, type GradientCheck, type TensorCheck } from './gradientCheck.ts'
import { mostParameters, sample } from './sample.ts'

const batchSize = 8

/** A batch small enough that the objective is quick to compute a thousand times, in float64. */
function batchOf(data: Dataset) {
  const { input, labels } = inputsOf(take(data, batchSize))
  return evaluate({ input: cast(input, 'float64'), labels })
}

/** Parameters as training begins with them, in float64, but for biases: zeros would hide mistakes. */
const pointOf = (objective: Objective, key: Key): TreeRecord =>
  evaluate(
    mapTree(objective.init(key, { dtype: 'float64' }), (tensor, path) =>
      tensor.shape.length > 1
        ? tensor
        : mul(randomNormal(fold(key, path), tensor.shape as number[], 'float64'), 0.1),
    ),
  )

const indexOf = (position: number, shape: readonly number[]): readonly number[] =>
  shape.map((size, axis) => Math.floor(position / elementCount(shape.slice(axis + 1))) % size)

/**
 * The derivatives of an objective by its parameters beside central differences, all in float64 on the first examples
 * of a data set: every one of a small net, a sample of every tensor of a large one.
 *
 * The error of a derivative is relative to the larger of the two numbers, or to a thousandth of the largest derivative
 * of the net where both are small, as differences of nearly equal numbers have few digits.
 */
export function checkGradient(objective: Objective, data: Dataset, seed: number): GradientCheck {
  const key = fold(keyOf(seed), 'gradient check')
  const batch = batchOf(data)
  const params = pointOf(objective, key)
  const gradients = leaves(valueAndGradient(objective)(params, batch).gradients)
  const point = Object.fromEntries(leaves(params))

  // The loss as one expression in named parameters: built once, evaluated for every nudge of one of them.
  const named = mapTree(params, ({ shape }, path) => input(path, shape as number[], 'float64'))
  const { output: loss } = objective.forward(named, batch)

  const sizes = gradients.map(([, tensor]) => elementCount(tensor.shape))
  const whole = sizes.reduce((sum, size) => sum + size, 0) <= mostParameters
  const values = gradients.map(([, gradient]) => toArray(gradient))
  const largest = values
    .flatMap((array) => [...array])
    .reduce((most, value) => Math.max(most, Math.abs(value)), 0)

  const tensorCheck = (path: string, analytic: ArrayLike<number>, shape: readonly number[]): TensorCheck => {
    const original = toArray(lookupAny(params, path))
    const lossAt = (position: number) => (offset: number) => {
      const nudged = original.slice()
      nudged[position] = (nudged[position] ?? 0) + offset
      return toNumber(evaluate(loss, { ...point, [path]: fromValues(nudged, shape, 'float64') }))
    }
    const derivatives = sample(original.length, whole, fold(key, `sample ${path}`)).map((position) =>
      compare(analytic[position] ?? 0, lossAt(position), largest / 1000, indexOf(position, shape)),
    )
    return {
      path,
      shape,
      size: original.length,
      checked: derivatives.length,
      agreeing: derivatives.filter(({ relativeError }) => relativeError < tolerance).length,
      worst: derivatives.reduce((a, b) => (b.relativeError > a.relativeError ? b : a)),
    }
  }
  return {
    tensors: gradients.map(([path, { shape }], at) => tensorCheck(path, values[at] ?? [], shape as number[])),
    examples: batch.labels.shape[0] ?? 0,
  }
}

/** A derivative beside the first central difference that agrees with it, or the nearest if none does. */
function compare(
  analytic: number,
  f: (offset: number) => number,
  floor: number,
  index: readonly number[],
): Derivative {
  let best: Derivative | undefined
  for (const step of steps) {
    const numeric = centralDifference(f, step)
    const size = Math.max(Math.abs(analytic), Math.abs(numeric), floor)
    const relativeError = size === 0 ? 0 : Math.abs(analytic - numeric) / size
    if (best === undefined || relativeError < best.relativeError)
      best = { index, analytic, numeric, relativeError }
    if (best.relativeError < tolerance) break
  }
  return best ?? { index, analytic, numeric: Number.NaN, relativeError: Infinity }
}
