import { concatenate, mul, sigmoid, sub, type Tensor } from '@pullback/core'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'
import { gateWith } from './right/gate.ts'
import { sized } from './sizes.ts'

const wrong = (
  name: string,
  dInput: (a: Tensor, g: Tensor, d: Tensor) => readonly [Tensor, Tensor],
  expected: Expected = wrongGradient('input'),
): Mutant => ({
  name: `gate: ${name}`,
  layer: sized((size) =>
    gateWith(size, {
      backward: (_, { a, g }, d) => ({
        dParams: {},
        dInput: concatenate<Tensor['dtype']>(dInput(a, g, d), 1),
      }),
    }),
  ),
  rows: 'rowwise',
  expected,
})

const dB = (a: Tensor, g: Tensor, d: Tensor): Tensor => mul(mul(d, a), mul(g, sub(1, g)))

export const gateMutants: readonly Mutant[] = [
  wrong('the halves exchanged', (a, g, d) => [dB(a, g, d), mul(d, g)]),
  wrong('g in the place of g (1 - g)', (a, g, d) => [mul(d, g), mul(mul(d, a), g)]),
  wrong('no gradient for the gate', (_, g, d) => [mul(d, g), mul(d, 0)]),
  wrong('a forgotten', (_, g, d) => [mul(d, g), mul(d, mul(g, sub(1, g)))]),
  wrong('the sigmoid applied twice', (a, g, d) => [mul(d, sigmoid(g)), dB(a, g, d)]),
]
