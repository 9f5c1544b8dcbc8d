import { fromValues, layer, mul, sameShape, scalar, toArray, type Net, type Tensor } from '@pullback/core'
import { expect, test } from 'vitest'
import { checkGradient } from './checkGradient.ts'
import { gradientLaw } from './gradientLaw.ts'

/** Scales by 3 or by 1/2 as the first number says. */
const scaling = (backwardFactor: number): Net => {
  const factor = (x: Tensor): number => ((toArray(x)[0] ?? 0) > 0 ? 3 : 0.5)
  return layer({
    kind: 'scaling',
    shape: sameShape('scaling'),
    params: {},
    forward: (_, x) => ({ output: mul(x, factor(x)), cache: { x } }),
    backward: (_, { x }, dOutput) => ({ dParams: {}, dInput: mul(dOutput, backwardFactor * factor(x)) }),
  })
}

const x: Tensor = fromValues([0.5, -1, 2], [3], 'float64')

test('a layer that looks at values is judged like any other', () => {
  const dOutput: Tensor = fromValues([1, 2, -1], [3], 'float64')
  const sample = { params: {}, input: x, dOutput, context: {}, seed: 1 }
  expect(gradientLaw.check({ ...sample, layer: scaling(1) }).verdict).toBe('holds')
  expect(gradientLaw.check({ ...sample, layer: scaling(1.001) }).verdict).toBe('violated')
  expect(checkGradient(scaling(1), {}, x).verdict).toBe('right')
})

test('a layer without anything to move holds', () => {
  const sample = { params: {}, input: fromValues([], [0], 'float64'), context: {}, seed: 1 }
  const outcome = gradientLaw.check({ ...sample, layer: scaling(1), dOutput: scalar(0, 'float64') })
  expect(outcome.verdict).toBe('holds')
})
