import { cast, div, greater, greaterEqual, mul, ones, randomUniform, sub, type Tensor } from '@pullback/core'
import * as fc from 'fast-check'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'
import { dropoutWith, type DropoutFormulas } from './right/dropout.ts'

const wrong = (
  name: string,
  formulas: (right: DropoutFormulas, rate: number) => Partial<DropoutFormulas>,
  expected: Expected = wrongGradient('input'),
): Mutant => ({
  name: `dropout: ${name}`,
  layer: fc.constantFrom(0.5, 0.2).map((rate) => dropoutWith(rate, (right) => formulas(right, rate))),
  expected,
})

const mask = (factor: Tensor): Tensor => cast(greater(factor, 0), factor.dtype)

export const dropoutMutants: readonly Mutant[] = [
  wrong('the scaling forgotten in backward', () => ({
    backward: (_, { factor }, d) => ({ dParams: {}, dInput: mul(d, mask(factor)) }),
  })),
  wrong('the mask forgotten in backward', (_, rate) => ({
    backward: (_p, _c, d) => ({ dParams: {}, dInput: div(d, 1 - rate) }),
  })),
  wrong('scaled when predicting too, in backward', (_, rate) => ({
    backward: (_p, { factor }, d) => ({ dParams: {}, dInput: mul(d, div(mask(factor), 1 - rate)) }),
  })),
  wrong('the mask the wrong way round', (_, rate) => ({
    backward: (_p, { factor }, d) => ({ dParams: {}, dInput: mul(d, div(sub(1, mask(factor)), 1 - rate)) }),
  })),
  wrong('another mask in backward', (right, rate) => ({
    forward: (params, x, context) => {
      const { output } = right.forward(params, x, context)
      const other = cast(greaterEqual(sub(1, randomUniform(context.key, x.shape, x.dtype)), rate), x.dtype)
      const factor: Tensor = context.mode === 'train' ? div(other, 1 - rate) : ones(x.shape, x.dtype)
      return { output, cache: { factor } }
    },
  })),
  wrong('scaled by the rate', (_, rate) => ({
    backward: (_p, { factor }, d) => ({ dParams: {}, dInput: mul(mul(d, factor), rate) }),
  })),
]
