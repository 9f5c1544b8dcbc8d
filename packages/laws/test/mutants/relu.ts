import {
  abs,
  add,
  div,
  equal,
  greater,
  greaterEqual,
  less,
  maximum,
  minimum,
  mul,
  sign,
  sub,
  where,
  type Tensor,
} from '@pullback/core'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'
import { reluValue } from './right/activations.ts'
import { pointwise, slope } from './right/pointwise.ts'

const wrong = (
  name: string,
  backward: (x: Tensor, dOutput: Tensor) => Tensor,
  expected: Expected = wrongGradient('input'),
): Mutant => ({ name, layer: pointwise('relu', reluValue, backward), rows: 'rowwise', expected })

const atZero: Expected = { laws: ['kinks', 'gradient'], tensor: 'input' }

export const reluMutants: readonly Mutant[] = [
  wrong('slope 2 at zero', (x, d) => where(greater(x, 0), d, where(equal(x, 0), mul(d, 2), 0)), atZero),
  wrong('slope -1 at zero', (x, d) => where(greater(x, 0), d, where(equal(x, 0), mul(d, -1), 0)), atZero),
  wrong(
    '(1 + x / |x|) / 2, NaN at zero',
    slope((x) => mul(add(div(x, abs(x)), 1), 0.5)),
    {
      laws: ['finiteness', 'linearity', 'kinks', 'gradient'],
      tensor: 'input',
    },
  ),
  wrong('the mask from the output, never false', (x, d) => where(greaterEqual(reluValue(x), 0), d, 0)),
  wrong('the mask from x > 0.001', (x, d) => where(greater(x, 1e-3), d, 0)),
  wrong('the mask the wrong way round', (x, d) => where(less(x, 0), d, 0)),
  wrong('the mask from dOutput', (_, d) => where(greater(d, 0), d, 0), {
    laws: ['linearity', 'gradient'],
    tensor: 'input',
  }),
  wrong('a leak of 0.01 below zero', (x, d) => where(greater(x, 0), d, mul(d, 0.01))),
  wrong('no gradient above 6', (x, d) => where(greater(x, 0), where(less(x, 6), d, 0), 0)),
  wrong('the sign in the place of the mask', slope(sign)),
  wrong('upstream ignored', (x, d) => where(greater(x, 0), add(mul(d, 0), 1), 0), {
    laws: ['linearity', 'gradient'],
    tensor: 'input',
    hint: /upstream/,
  }),
  wrong('the output in the place of the mask', slope(reluValue)),
  wrong(
    'the mask smoothed',
    slope((x) => minimum(maximum(add(mul(x, 100), 0.5), 0), 1)),
  ),
  wrong('below -10 the gradient is kept', (x, d) => where(add(greater(x, 0), less(x, -10)), d, 0)),
  wrong('the gradient by the negative part', (x, d) => sub(d, where(greater(x, 0), d, 0))),
]
