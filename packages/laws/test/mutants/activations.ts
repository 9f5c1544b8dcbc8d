import {
  abs,
  add,
  div,
  exp,
  greater,
  less,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  sigmoid,
  square,
  sub,
  tanh,
  where,
  type Tensor,
} from '@pullback/core'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'
import {
  eluSlope,
  eluValue,
  geluSlope,
  geluValue,
  normalDensity,
  normalDistribution,
  sigmoidSlope,
  siluValue,
  softplusValue,
  softsignSlope,
  softsignValue,
  tanhGeluSlope,
  tanhGeluValue,
  tanhSlope,
} from './right/activations.ts'
import { pointwise, slope } from './right/pointwise.ts'

const wrong = (
  name: string,
  kind: string,
  value: (x: Tensor) => Tensor,
  backward: (x: Tensor, dOutput: Tensor) => Tensor,
  expected: Expected = wrongGradient('input'),
): Mutant => ({
  name: `${kind}: ${name}`,
  layer: pointwise(kind, value, backward),
  rows: 'rowwise',
  expected,
})

const extreme: Expected = { laws: ['finiteness', 'linearity', 'gradient'] }

/** e^x / (1 + e^x), which is NaN for large x. */
const overflowingSigmoid = (x: Tensor): Tensor => div(exp(x), add(exp(x), 1))

export const activationMutants: readonly Mutant[] = [
  wrong(
    's (1 + s)',
    'sigmoid',
    sigmoid,
    slope((x) => mul(sigmoid(x), add(sigmoid(x), 1))),
  ),
  wrong(
    'the derivative taken at s(x)',
    'sigmoid',
    sigmoid,
    slope((x) => sigmoidSlope(sigmoid(x))),
  ),
  wrong(
    'x (1 - x), taking x for the output',
    'sigmoid',
    sigmoid,
    slope((x) => mul(x, sub(1, x))),
  ),
  wrong('exp(x) / (1 + exp(x))', 'sigmoid', overflowingSigmoid, slope(sigmoidSlope), extreme),
  wrong(
    'a derivative that overflows',
    'sigmoid',
    sigmoid,
    slope((x) => div(exp(x), square(add(exp(x), 1)))),
    {
      laws: ['finiteness', 'linearity', 'gradient'],
      tensor: 'input',
    },
  ),
  wrong('upstream ignored', 'sigmoid', sigmoid, (x, d) => add(sigmoidSlope(x), mul(d, 0)), {
    laws: ['linearity', 'gradient'],
    tensor: 'input',
    hint: /upstream/,
  }),
  wrong(
    'off by 0.001',
    'sigmoid',
    sigmoid,
    slope((x) => mul(sigmoidSlope(x), 1.001)),
  ),
  wrong(
    'off by 1e-6 where x > 2',
    'sigmoid',
    sigmoid,
    slope((x) => mul(sigmoidSlope(x), where(greater(x, 2), add(mul(x, 0), 1 + 1e-6), 1))),
  ),
  wrong(
    '1 - t',
    'tanh',
    tanh,
    slope((x) => sub(1, tanh(x))),
  ),
  wrong(
    '1 - x^2, taking x for the output',
    'tanh',
    tanh,
    slope((x) => sub(1, square(x))),
  ),
  wrong(
    '1 + t^2',
    'tanh',
    tanh,
    slope((x) => add(square(tanh(x)), 1)),
  ),
  wrong(
    'zero beyond 3',
    'tanh',
    tanh,
    slope((x) => where(less(abs(x), 3), tanhSlope(x), 0)),
  ),
  wrong('the square of the gradient', 'tanh', tanh, (x, d) => mul(square(d), tanhSlope(x)), {
    laws: ['linearity', 'gradient'],
    tensor: 'input',
  }),
  wrong('log(1 + exp(x)), which overflows', 'softplus', (x) => log(add(exp(x), 1)), slope(sigmoid), extreme),
  wrong(
    '1 beyond 4',
    'softplus',
    softplusValue,
    slope((x) => where(greater(x, 4), 1, sigmoid(x))),
  ),
  wrong(
    '0 below -4',
    'softplus',
    softplusValue,
    slope((x) => where(less(x, -4), 0, sigmoid(x))),
  ),
  wrong('the derivative of relu', 'softplus', softplusValue, (x, d) => where(greater(x, 0), d, 0)),
  wrong(
    'sigmoid(-x)',
    'softplus',
    softplusValue,
    slope((x) => sigmoid(neg(x))),
  ),
  wrong(
    'e^x below -1',
    'softplus',
    softplusValue,
    slope((x) => where(less(x, -1), exp(minimum(x, 0)), sigmoid(x))),
  ),
  wrong(
    'log1p(exp(x)) beyond 20 replaced by x + 1',
    'softplus',
    (x) => where(greater(x, 20), add(x, 1), log1p(exp(minimum(x, 20)))),
    slope((x) => where(greater(x, 20), mul(sigmoid(x), 2), sigmoid(x))),
  ),
  wrong('without the density term', 'gelu', geluValue, slope(normalDistribution)),
  wrong(
    'the density without x',
    'gelu',
    geluValue,
    slope((x) => add(normalDistribution(x), normalDensity(x))),
  ),
  wrong(
    'the density without 1 / sqrt(2 pi)',
    'gelu',
    geluValue,
    slope((x) => add(normalDistribution(x), mul(x, exp(mul(square(x), -0.5))))),
  ),
  wrong('the gradient of the other form', 'gelu', geluValue, slope(tanhGeluSlope)),
  wrong('the gradient of the other form', 'geluTanh', tanhGeluValue, slope(geluSlope)),
  wrong(
    'approximated by the sigmoid of 1.702 x',
    'gelu',
    geluValue,
    slope((x) => {
      const s = sigmoid(mul(x, 1.702))
      return add(s, mul(mul(x, 1.702), mul(s, sub(1, s))))
    }),
  ),
  wrong(
    '0 below -3',
    'gelu',
    geluValue,
    slope((x) => where(less(x, -3), 0, geluSlope(x))),
  ),
  wrong(
    '1 above 3',
    'gelu',
    geluValue,
    slope((x) => where(greater(x, 3), 1, geluSlope(x))),
  ),
  wrong('only the sigmoid', 'silu', siluValue, slope(sigmoid)),
  wrong(
    'x s (1 - s) without s',
    'silu',
    siluValue,
    slope((x) => mul(x, sigmoidSlope(x))),
  ),
  wrong(
    'e^x - 1 below zero',
    'elu',
    eluValue,
    slope((x) => where(greater(x, 0), 1, sub(exp(minimum(x, 0)), 1))),
  ),
  wrong(
    '1 below zero too',
    'elu',
    eluValue,
    slope((x) => maximum(eluSlope(x), 1)),
  ),
  wrong(
    'exp of x where it is not used',
    'elu',
    (x) => add(mul(maximum(x, 0), 1), mul(sub(exp(x), 1), where(greater(x, 0), 0, add(mul(x, 0), 1)))),
    slope(eluSlope),
    extreme,
  ),
  wrong(
    '1 / (1 + |x|)',
    'softsign',
    softsignValue,
    slope((x) => div(1, add(abs(x), 1))),
  ),
  wrong(
    '1 / (1 + x)^2',
    'softsign',
    softsignValue,
    slope((x) => div(1, square(add(maximum(x, 0), 1)))),
  ),
  wrong(
    'off by 1e-7 at small x',
    'softsign',
    softsignValue,
    slope((x) => mul(softsignSlope(x), where(less(abs(x), 0.5), add(mul(x, 0), 1 + 1e-7), 1))),
  ),
  wrong(
    'x in the place of 2 x',
    'square',
    square,
    slope((x) => x),
    wrongGradient('input', /2|half/),
  ),
  wrong(
    '2 |x|',
    'square',
    square,
    slope((x) => mul(abs(x), 2)),
  ),
]
