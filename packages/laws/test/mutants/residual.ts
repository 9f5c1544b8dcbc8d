import { add, matmul, mul, square, sub, sum, type Tensor } from '@pullback/core'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'
import { residualFormulas, residualWith, type ResidualFormulas } from './right/residual.ts'
import { sized } from './sizes.ts'

const wrong = (
  name: string,
  formulas: Partial<ResidualFormulas>,
  expected: Expected = wrongGradient('input'),
): Mutant => ({
  name: `residual: ${name}`,
  layer: sized((size) => residualWith(size, formulas)),
  rows: 'rowwise',
  expected,
})

const dInput = (
  name: string,
  gradient: (W: Tensor, t: Tensor, d: Tensor) => Tensor,
  expected?: Expected,
): Mutant =>
  wrong(
    name,
    {
      backward: (params, cache, d) => ({
        dParams: residualFormulas.backward(params, cache, d).dParams,
        dInput: gradient(params.W, cache.t, d),
      }),
    },
    expected,
  )

const branch = (W: Tensor, t: Tensor, d: Tensor): Tensor =>
  matmul(mul(d, sub(1, square(t))), W, { transposeB: true })

export const residualMutants: readonly Mutant[] = [
  dInput('the skip forgotten', (W, t, d) => branch(W, t, d)),
  dInput('the branch forgotten', (_W, _t, d) => d),
  dInput('the skip counted twice', (W, t, d) => add(mul(d, 2), branch(W, t, d))),
  dInput('the derivative of tanh forgotten', (W, _, d) => add(d, matmul(d, W, { transposeB: true }))),
  dInput(
    'W not transposed',
    (W, t, d) => add(d, matmul(mul(d, sub(1, square(t))), W)),
    wrongGradient('input', /transpose/),
  ),
  dInput('the skip wrong for one example', (W, t, d) =>
    add(mul(d, d.shape[0] === 1 ? 0.5 : 1), branch(W, t, d)),
  ),
  wrong(
    'dW from the output in the place of the input',
    {
      backward: (params, cache, d) =>
        residualFormulas.backward(params, { t: cache.t, x: add(cache.x, cache.t) }, d),
    },
    wrongGradient('params.W'),
  ),
  wrong(
    'db before the tanh',
    {
      backward: (params, cache, d) => {
        const { dParams, dInput } = residualFormulas.backward(params, cache, d)
        return { dParams: { W: dParams.W, b: sum(d, { axes: 0 }) }, dInput }
      },
    },
    wrongGradient('params.b'),
  ),
]
