import { abs, add, div, mul, neg, square, type Tensor } from '@pullback/core'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'
import { denominator, product, ratio, type PairFormulas } from './right/pairs.ts'

const wrong = (
  layer: typeof product,
  name: string,
  dInput: (a: Tensor, b: Tensor, d: Tensor) => { readonly a: Tensor; readonly b: Tensor },
  expected: Expected,
): Mutant => {
  const backward: PairFormulas['backward'] = (_, { a, b }, d) => ({ dParams: {}, dInput: dInput(a, b, d) })
  return { name, layer: layer({ backward }), expected }
}

const share = (b: Tensor, d: Tensor): Tensor => div(d, denominator(b))

export const pairMutants: readonly Mutant[] = [
  wrong(product, 'product: gradients exchanged', (a, b, d) => ({ a: mul(d, a), b: mul(d, b) }), {
    laws: ['gradient'],
    hint: /exchanged/,
  }),
  wrong(
    product,
    'product: the gradient by b forgotten',
    (_, b, d) => ({ a: mul(d, b), b: mul(d, 0) }),
    wrongGradient('input.b'),
  ),
  wrong(product, 'product: the gradients of the sum', (_a, _b, d) => ({ a: d, b: d }), {
    laws: ['gradient'],
  }),
  wrong(product, 'product: the absolute value of b', (a, b, d) => ({ a: mul(d, abs(b)), b: mul(d, a) }), {
    laws: ['gradient', 'kinks'],
    tensor: 'input.a',
  }),
  wrong(
    product,
    'product: off by 1e-7',
    (a, b, d) => ({ a: mul(d, b), b: mul(mul(d, a), 1 + 1e-7) }),
    wrongGradient('input.b'),
  ),
  wrong(
    ratio,
    'ratio: plus in the place of minus',
    (a, b, d) => ({ a: share(b, d), b: mul(div(a, denominator(b)), mul(share(b, d), mul(b, 2))) }),
    wrongGradient('input.b', /sign|-1/),
  ),
  wrong(
    ratio,
    'ratio: the denominator not squared',
    (a, b, d) => ({ a: share(b, d), b: neg(mul(a, mul(share(b, d), mul(b, 2)))) }),
    wrongGradient('input.b'),
  ),
  wrong(
    ratio,
    'ratio: the inner derivative forgotten',
    (a, b, d) => ({ a: share(b, d), b: neg(mul(div(a, denominator(b)), share(b, d))) }),
    wrongGradient('input.b'),
  ),
  wrong(
    ratio,
    'ratio: the 1 forgotten in backward',
    (a, b, d) => ({
      a: div(d, add(square(b), 0)),
      b: neg(mul(div(a, denominator(b)), mul(share(b, d), mul(b, 2)))),
    }),
    { laws: ['gradient', 'finiteness', 'linearity'], tensor: 'input.a' },
  ),
]
