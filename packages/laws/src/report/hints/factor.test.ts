import {
  add,
  layer,
  initialConstant,
  matmul,
  mul,
  parameter,
  sameShape,
  sub,
  sum,
  tanh,
  square,
} from '@pullback/core'
import { expect, it } from 'vitest'
import { exactLaw, sampleOf, violationOf, wrongAffine } from '../planted.fixture.ts'
import { evidenceFor } from './evidence.ts'
import { neutralParameter } from './factor.ts'
import { hintFor } from './hintFor.ts'

/** tanh(beta x) + gamma x^2 without the factor beta in dx. */
const bent = layer({
  kind: 'bent',
  shape: sameShape('bent'),
  params: { beta: parameter([], initialConstant(1)), gamma: parameter([], initialConstant(1)) },
  forward: ({ beta, gamma }, x) => {
    const y = tanh(mul(beta, x))
    return { output: add(y, mul(gamma, square(x))), cache: { x, y } }
  },
  backward: ({ gamma }, { x, y }, dOutput) => {
    const slope = sub(1, square(y))
    return {
      dParams: { beta: sum(mul(dOutput, mul(x, slope))), gamma: sum(mul(dOutput, square(x))) },
      dInput: mul(dOutput, add(slope, mul(mul(2, gamma), x))),
    }
  },
})

it('sees that a factor is left out', () => {
  const violation = violationOf(sampleOf(bent, [2, 3]))
  expect(hintFor(violation, exactLaw)).toBe('right where beta is 1: a factor with beta is left out')
})

it('sees nothing in another bug', () => {
  const other = wrongAffine(3, 3, ({ X, dZ }) => ({ W: matmul(X, square(dZ), { transposeA: true }) }))
  expect(neutralParameter(evidenceFor(violationOf(sampleOf(other, [2, 3])), exactLaw))).toBeUndefined()
})
