import { exp, div, log, mul, square, sub, type Net, type Tensor } from '@pullback/core'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'
import { logSoftmaxWith, probabilities, rowSum, softmaxWith, type SoftmaxFormulas } from './right/softmax.ts'
import { sized } from './sizes.ts'

const wrong = (
  layer: (classes: number, formulas: Partial<SoftmaxFormulas>) => Net,
  name: string,
  formulas: Partial<SoftmaxFormulas>,
  expected: Expected = wrongGradient('input'),
): Mutant => ({ name, layer: sized((classes) => layer(classes, formulas)), rows: 'rowwise', expected })

const backward = (dInput: (p: Tensor, d: Tensor) => Tensor): Pick<SoftmaxFormulas, 'backward'> => ({
  backward: (_, { p }, d) => ({ dParams: {}, dInput: dInput(p, d) }),
})

const extreme: Expected = { laws: ['finiteness', 'linearity', 'gradient'] }

export const softmaxMutants: readonly Mutant[] = [
  wrong(
    softmaxWith,
    'softmax: the diagonal alone',
    backward((p, d) => mul(d, mul(p, sub(1, p)))),
  ),
  wrong(
    softmaxWith,
    'softmax: p times the gradient',
    backward((p, d) => mul(p, d)),
  ),
  wrong(
    softmaxWith,
    'softmax: the sum of the gradient alone',
    backward((p, d) => mul(p, sub(d, rowSum(d)))),
  ),
  wrong(
    softmaxWith,
    'softmax: p squared in the sum',
    backward((p, d) => mul(p, sub(d, rowSum(mul(d, square(p)))))),
  ),
  wrong(
    softmaxWith,
    'softmax: without the shift',
    {
      forward: (_, x) => {
        const p: Tensor = div(exp(x), rowSum(exp(x)))
        return { output: p, cache: { p } }
      },
    },
    extreme,
  ),
  wrong(
    logSoftmaxWith,
    'logSoftmax: the sum forgotten',
    backward((p, d) => sub(d, mul(p, d))),
  ),
  wrong(
    logSoftmaxWith,
    'logSoftmax: the gradient of the softmax',
    backward((p, d) => mul(p, sub(d, rowSum(mul(d, p))))),
  ),
  wrong(
    logSoftmaxWith,
    'logSoftmax: right for one-hot gradients only',
    backward((p, d) => sub(d, mul(p, rowSum(square(d))))),
    {
      laws: ['linearity', 'gradient'],
      tensor: 'input',
    },
  ),
  wrong(
    logSoftmaxWith,
    'logSoftmax: as if the gradient summed to 1',
    backward((p, d) => sub(d, p)),
    {
      laws: ['linearity', 'gradient'],
      tensor: 'input',
    },
  ),
  wrong(
    logSoftmaxWith,
    'logSoftmax: the logarithm of the softmax',
    {
      forward: (_, x) => ({ output: log(probabilities(x)), cache: { p: probabilities(x) } }),
    },
    extreme,
  ),
]
