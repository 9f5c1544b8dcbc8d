import {
  affine,
  dependencyOrder,
  differentiate,
  leaves,
  objectiveFrom,
  relu,
  seed,
  sequentialFrom,
  shared,
  softmaxCrossEntropy,
  tensor,
  toNumber,
  valueAndGradient,
  type Layer,
  type Objective,
} from '@pullback/core'
import { expect, test } from 'vitest'
import { normals } from '../testing/normals.ts'
import { unwrap } from '../testing/unwrap.ts'

const input = { input: normals(0, 'x', [2, 3]), labels: tensor([0, 2], 'int32') }

const deepObjective = (layers: number): Objective => {
  const entries = Array.from({ length: layers }, (_, index) =>
    index === 0
      ? (['fc', affine(3, 3)] as const)
      : ([`n${index}`, index % 2 === 1 ? relu() : index % 4 === 2 ? shared('fc') : affine(3, 3)] as const),
  )
  return unwrap(objectiveFrom(unwrap(sequentialFrom(['N', 3], entries)), softmaxCrossEntropy(3)))
}

const untyped = (objective: Objective): Layer => objective

test('a net of 10,000 layers is built, drawn, evaluated and differentiated', () => {
  const objective = untyped(deepObjective(10_000))
  const params = objective.init(seed(0), { dtype: 'float64' })
  const { value, gradients } = valueAndGradient(objective)(params, input)
  expect(toNumber(value)).toBeGreaterThan(0)
  expect(leaves(gradients).map(([path]) => path)).toEqual(leaves(params).map(([path]) => path))
  expect(leaves(gradients)).toHaveLength(2 * 2500)
})

test('the work grows in proportion to the number of layers', () => {
  const expressionsOf = (layers: number): number => {
    const objective = untyped(deepObjective(layers))
    const { value, gradients } = differentiate(objective)(
      objective.init(seed(0), { dtype: 'float64' }),
      input,
    )
    return dependencyOrder([value, ...leaves(gradients).map(([, gradient]) => gradient)]).length
  }
  const [few, some, many] = [40, 80, 160].map(expressionsOf) as [number, number, number]
  expect(many - some).toBe(2 * (some - few))
})
