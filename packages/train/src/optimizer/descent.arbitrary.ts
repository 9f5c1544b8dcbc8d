import { evaluate, fromValues, toArray, type Float, type TreeRecord } from '@pullback/core'
import * as fc from 'fast-check'
import type { Optimizer } from '../index.ts'

/** Numbers on a grid of 1/64, exact in float32. */
const grid = (min: number, max: number) => fc.integer({ min: min * 64, max: max * 64 }).map((n) => n / 64)

/** The convex quadratic 1/2 sum c_i x_i^2, whose gradient is c x, and where to begin. */
export interface Quadratic {
  readonly curvature: readonly number[]
  readonly start: readonly number[]
}

export const quadratic: fc.Arbitrary<Quadratic> = fc
  .array(fc.tuple(grid(0, 2), grid(-4, 4)), { minLength: 1, maxLength: 6 })
  .map((pairs) => ({
    curvature: pairs.map(([c]) => c + 1 / 64),
    start: pairs.map(([, x]) => x),
  }))

export const learningRate: fc.Arbitrary<number> = grid(0, 0.25).map((rate) => rate + 1 / 64)
export const beta: fc.Arbitrary<number> = fc.integer({ min: 0, max: 31 }).map((n) => n / 32)

/** The value of a quadratic. */
export const valueAt = ({ curvature }: Quadratic, x: readonly number[]): number =>
  x.reduce((sum, xi, i) => sum + 0.5 * (curvature[i] ?? 0) * xi * xi, 0)

/** The points that an optimizer visits, its parameters split over a tree of two leaves. */
export function descend(
  optimizer: Optimizer,
  { curvature, start }: Quadratic,
  steps: number,
  apply: (params: TreeRecord, updates: TreeRecord) => TreeRecord,
  dtype: Float = 'float64',
): readonly (readonly number[])[] {
  const treeOf = (values: readonly number[]) => ({
    first: fromValues(values.slice(0, 1), [1], dtype),
    rest: { more: fromValues(values.slice(1), [values.length - 1], dtype) },
  })
  let params = treeOf(start)
  let state = evaluate(optimizer.init(params))
  const points: (readonly number[])[] = []
  for (let step = 0; step < steps; step++) {
    const x = [...toArray(params.first), ...toArray(params.rest.more)]
    points.push(x)
    const gradients = treeOf(x.map((xi, i) => (curvature[i] ?? 0) * xi))
    const updated = optimizer.update(gradients, state, params)
    const next = evaluate({ params: apply(params, updated.updates), state: updated.state })
    params = next.params as typeof params
    state = next.state
  }
  return [...points, [...toArray(params.first), ...toArray(params.rest.more)]]
}
