import { abs, add, div, mul, sign, type Tensor } from '@pullback/core'
import * as fc from 'fast-check'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'
import { l2With } from './right/l2.ts'

const wrong = (
  name: string,
  dW: (W: Tensor, reg: number, dOutput: Tensor) => Tensor,
  expected: Expected = wrongGradient('input'),
): Mutant => ({
  name,
  layer: fc.constantFrom(0.5, 1e-3, 2).map((reg) =>
    l2With(reg, {
      backward: (_, { W }, dOutput) => ({ dParams: {}, dInput: dW(W, reg, dOutput) }),
    }),
  ),
  expected,
})

export const l2Mutants: readonly Mutant[] = [
  wrong('reg W, half of it', (W, reg, d) => mul(mul(W, reg), d), wrongGradient('input', /2|half/)),
  wrong('2 W, reg forgotten', (W, _, d) => mul(mul(W, 2), d)),
  wrong('2 reg W, upstream ignored', (W, reg) => mul(W, 2 * reg), {
    laws: ['linearity', 'gradient'],
    tensor: 'input',
    hint: /upstream/,
  }),
  wrong('left out', (W, _, d) => mul(mul(W, 0), d)),
  wrong('2 reg |W|', (W, reg, d) => mul(mul(abs(W), 2 * reg), d)),
  wrong('the gradient of |W|', (W, reg, d) => mul(mul(sign(W), reg), d)),
  wrong('averaged over the entries', (W, reg, d) =>
    mul(
      div(
        mul(W, 2 * reg),
        Math.max(
          W.shape.reduce((a, b) => a * b, 1),
          1,
        ),
      ),
      d,
    ),
  ),
  wrong('reg squared', (W, reg, d) => mul(mul(W, 2 * reg * reg), d)),
  wrong('reg with a small constant added', (W, reg, d) => mul(mul(add(W, 1e-4), 2 * reg), d)),
]
