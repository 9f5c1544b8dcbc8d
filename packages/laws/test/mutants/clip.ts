import {
  greater,
  greaterEqual,
  less,
  lessEqual,
  maximum,
  minimum,
  mul,
  where,
  type Tensor,
} from '@pullback/core'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'
import { clipWith } from './right/clip.ts'

const [low, high] = [-1, 2]

const wrong = (
  name: string,
  dInput: (x: Tensor, dOutput: Tensor) => Tensor,
  expected: Expected = wrongGradient('input'),
): Mutant => ({
  name,
  layer: clipWith(low, high, {
    backward: (_, { x }, dOutput) => ({ dParams: {}, dInput: dInput(x, dOutput) }),
  }),
  rows: 'rowwise',
  expected,
})

const inside = (x: Tensor) => mul(greaterEqual(x, low), lessEqual(x, high))

export const clipMutants: readonly Mutant[] = [
  wrong('the gradient passes outside', (_, d) => d),
  wrong('the gradient passes above', (x, d) => where(greaterEqual(x, low), d, 0)),
  wrong('the gradient passes below', (x, d) => where(lessEqual(x, high), d, 0)),
  wrong('the gradient is clipped in the place of x', (_, d) => maximum(minimum(d, high), low), {
    laws: ['linearity', 'gradient'],
    tensor: 'input',
  }),
  wrong('the bounds of +-1 taken for those given', (x, d) =>
    where(mul(greaterEqual(x, -1), lessEqual(x, 1)), d, 0),
  ),
  wrong('the gradient negative below', (x, d) => where(inside(x), d, where(less(x, low), mul(d, -1), 0))),
  wrong(
    'twice the gradient at the upper bound',
    (x, d) => where(inside(x), where(less(x, high), d, mul(d, 2)), 0),
    {
      laws: ['kinks', 'gradient'],
      tensor: 'input',
    },
  ),
  wrong('the gradient goes on to 2.05', (x, d) => where(mul(greater(x, low), less(x, 2.05)), d, 0)),
]
