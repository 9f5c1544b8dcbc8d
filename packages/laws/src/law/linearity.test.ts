import {
  abs,
  add,
  greater,
  maximum,
  minimum,
  mul,
  relu,
  sum,
  where,
  div,
  affine,
  fromValues,
  layer,
  sameShape,
  sequential,
  type Net,
  type Tensor,
} from '@pullback/core'
import { expect, test } from 'vitest'
import { activations } from '../testing/activations.ts'
import { brokenBy } from '../testing/broken.ts'
import { layerNorm } from '../testing/normalisation.ts'
import type { Sample } from '../sample/sample.ts'
import { linearityLaw } from './linearity.ts'

const identityWith = (backward: (dOutput: Tensor) => Tensor) =>
  layer({
    kind: 'identity',
    shape: sameShape('identity'),
    params: {},
    forward: (_, x) => ({ output: x, cache: {} }),
    backward: (_, __, dOutput) => ({ dParams: {}, dInput: backward(dOutput) }),
  })

test('right layers are linear in the gradient by the output', () => {
  for (const right of [relu(), affine(2, 3), layerNorm(3), ...activations.map(([, each]) => each)])
    expect(brokenBy(linearityLaw, right)).toBeUndefined()
})

test.each<readonly [string, (dOutput: Tensor) => Tensor]>([
  ['ignored', (d) => add(mul(d, 0), 1)],
  ['clipped at 100', (d) => maximum(minimum(d, 100), -100)],
  ['without its sign', abs],
  ['zero where it is negative', (d) => where(greater(d, 0), d, 0)],
  ['moved by 1e-7', (d) => add(d, 1e-7)],
  ['divided by its sum', (d) => div(d, add(sum(abs(d)), 1))],
  ['curved by 1e-9', (d) => add(d, mul(mul(d, abs(d)), 1e-9))],
])('a gradient by the output %s is caught', (_, backward) => {
  expect(brokenBy(linearityLaw, identityWith(backward))).toMatchObject({ law: 'linearity' })
})

test.each([
  ['on the way', 0.92, 1e-308],
  ['at the output', 1.7e-308, 0.4],
])('numbers too small for all their digits %s are no violation', (_, cotangent, weight) => {
  const net: Net = sequential(['N', 2], ['a', affine(2, 2)], ['b', affine(2, 2)])
  const at = (values: readonly number[], ...shape: readonly number[]) =>
    fromValues(values, [...shape], 'float64')
  for (let seed = 0; seed < 200; seed++) {
    const sample: Sample = {
      layer: net,
      params: {
        a: { W: at([389.123, -56.31, 0.4511, 1.8362], 2, 2), b: at([0, 0], 2) },
        b: { W: at([1.3 * weight, 0.7 * weight, -0.9 * weight, 2.1 * weight], 2, 2), b: at([0, 0], 2) },
      },
      input: at([1.3, -0.7], 1, 2),
      dOutput: at([cotangent, -1.3 * cotangent], 1, 2),
      context: {},
      seed,
    }
    expect(linearityLaw.check(sample)).toEqual({ verdict: 'holds' })
  }
})
