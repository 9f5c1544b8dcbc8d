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
  layer,
  sameShape,
  type Tensor,
} from '@pullback/core'
import { expect, test } from 'vitest'
import { activations } from '../testing/activations.ts'
import { brokenBy } from '../testing/broken.ts'
import { layerNorm } from '../testing/normalisation.ts'
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
