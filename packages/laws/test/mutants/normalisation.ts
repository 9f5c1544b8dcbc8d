import { add, div, mean, mul, slice, sqrt, square, sub, sum, type Tensor } from '@pullback/core'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'
import { batchNormFormulas, batchNormWith, columnMean, type BatchNormFormulas } from './right/batchNorm.ts'
import { layerNormFormulas, layerNormWith, rowMean, type NormFormulas } from './right/layerNorm.ts'
import { sized } from './sizes.ts'

const rowNorm = (name: string, formulas: Partial<NormFormulas>, expected: Expected): Mutant => ({
  name: `layerNorm: ${name}`,
  layer: sized((size) => layerNormWith(size, formulas)),
  rows: 'rowwise',
  expected,
})

const rowInput = (
  name: string,
  dInput: (dNormal: Tensor, normal: Tensor, scale: Tensor) => Tensor,
  expected: Expected = wrongGradient('input'),
): Mutant =>
  rowNorm(
    name,
    {
      backward: (params, cache, dOutput) => ({
        dParams: layerNormFormulas.backward(params, cache, dOutput).dParams,
        dInput: dInput(mul(dOutput, params.gain), cache.normal, cache.scale),
      }),
    },
    expected,
  )

const columnNorm = (name: string, formulas: Partial<BatchNormFormulas>, expected: Expected): Mutant => ({
  name: `batchNorm: ${name}`,
  layer: sized((size) => batchNormWith(size, formulas)),
  rows: 'coupled',
  expected,
})

const columnInput = (
  name: string,
  dInput: (dNormal: Tensor, cache: Parameters<BatchNormFormulas['backward']>[1]) => Tensor,
  expected: Expected = wrongGradient('input'),
): Mutant =>
  columnNorm(
    name,
    {
      backward: (params, cache, dOutput) => ({
        dParams: batchNormFormulas.backward(params, cache, dOutput).dParams,
        dInput: dInput(mul(dOutput, params.gain), cache),
      }),
    },
    expected,
  )

const projection = (d: Tensor, normal: Tensor): Tensor => mul(normal, rowMean(mul(d, normal)))

export const normalisationMutants: readonly Mutant[] = [
  rowInput('without the variance term', (d, _, scale) => mul(sub(d, rowMean(d)), scale)),
  rowInput('without the mean term', (d, normal, scale) => mul(sub(d, projection(d, normal)), scale)),
  rowInput('as if mean and variance were constants', (d, _, scale) => mul(d, scale)),
  rowInput('the sum in the place of the mean', (d, normal, scale) =>
    mul(sub(sub(d, rowMean(d)), mul(normal, sum(mul(d, normal), { axes: 1, keepDims: true }))), scale),
  ),
  rowInput('the variance term with the wrong sign', (d, normal, scale) =>
    mul(add(sub(d, rowMean(d)), projection(d, normal)), scale),
  ),
  rowInput(
    'N - 1 in the variance',
    (d, normal, scale) => {
      const size = d.shape[1] ?? 1
      return mul(sub(sub(d, rowMean(d)), mul(projection(d, normal), size / (size - 1))), scale)
    },
    { laws: ['gradient', 'finiteness', 'linearity'], tensor: 'input' },
  ),
  rowInput('off by 1e-6', (d, normal, scale) =>
    mul(sub(sub(d, rowMean(d)), projection(d, normal)), mul(scale, 1 + 1e-6)),
  ),
  rowNorm(
    'the gain forgotten',
    {
      backward: ({ gain }, cache, dOutput) =>
        layerNormFormulas.backward({ gain: add(mul(gain, 0), 1), bias: gain }, cache, dOutput),
    },
    wrongGradient('input'),
  ),
  rowNorm(
    'dGain without the normalised input',
    {
      backward: (params, cache, dOutput) => {
        const { dParams, dInput } = layerNormFormulas.backward(params, cache, dOutput)
        return { dParams: { gain: dParams.bias, bias: dParams.bias }, dInput }
      },
    },
    wrongGradient('params.gain'),
  ),
  rowNorm(
    'dGain and dBias exchanged',
    {
      backward: (params, cache, dOutput) => {
        const { dParams, dInput } = layerNormFormulas.backward(params, cache, dOutput)
        return { dParams: { gain: dParams.bias, bias: dParams.gain }, dInput }
      },
    },
    { laws: ['gradient'] },
  ),
  rowNorm(
    'sqrt without epsilon',
    {
      forward: ({ gain, bias }, x) => {
        const deviations = sub(x, rowMean(x))
        const scale: Tensor = div(1, sqrt(rowMean(square(deviations))))
        const normal = mul(deviations, scale)
        return { output: add(mul(normal, gain), bias), cache: { normal, scale } }
      },
    },
    { laws: ['finiteness', 'linearity', 'gradient', 'kinks'] },
  ),
  rowNorm(
    'epsilon outside the root, gradient as inside',
    {
      forward: ({ gain, bias }, x) => {
        const deviations = sub(x, rowMean(x))
        const scale: Tensor = div(1, add(sqrt(rowMean(square(deviations))), 1e-2))
        const normal = mul(deviations, scale)
        return { output: add(mul(normal, gain), bias), cache: { normal, scale } }
      },
    },
    { laws: ['gradient', 'kinks'] },
  ),
  rowNorm(
    'over the batch in the place of the row',
    {
      forward: ({ gain, bias }, x) => {
        const N = Math.max(x.shape[0] ?? 0, 1)
        const deviations = sub(x, div(sum(x, { axes: 0, keepDims: true }), N))
        const variance = div(sum(square(deviations), { axes: 0, keepDims: true }), N)
        const scale: Tensor = div(1, sqrt(add(variance, 1e-5)))
        const normal = mul(deviations, scale)
        return { output: add(mul(normal, gain), bias), cache: { normal, scale } }
      },
    },
    { laws: ['gradient', 'rows'] },
  ),

  columnInput('without the mean term', (d, { normal, scale, coupled }) =>
    mul(sub(d, mul(mul(normal, columnMean(mul(d, normal))), coupled)), scale),
  ),
  columnInput('without the variance term', (d, { scale, coupled }) =>
    mul(sub(d, mul(columnMean(d), coupled)), scale),
  ),
  columnInput('as in prediction', (d, { scale }) => mul(d, scale)),
  columnInput('as in training, whatever the mode', (d, { normal, scale }) =>
    mul(sub(d, add(columnMean(d), mul(normal, columnMean(mul(d, normal))))), scale),
  ),
  columnInput(
    'averaged once more',
    (d, { normal, scale, coupled }) => {
      const shared: Tensor = add(columnMean(d), mul(normal, columnMean(mul(d, normal))))
      return div(mul(sub(d, mul(shared, coupled)), scale), Math.max(d.shape[0] ?? 0, 1))
    },
    wrongGradient('input', /N|averag|batch/),
  ),
  columnInput(
    'means over N - 1',
    (d, { normal, scale, coupled }) => {
      const N = d.shape[0] ?? 0
      const shared: Tensor = add(columnMean(d), mul(normal, columnMean(mul(d, normal))))
      return mul(sub(d, mul(mul(shared, coupled), N / (N - 1))), scale)
    },
    { laws: ['gradient', 'finiteness', 'linearity', 'emptiness'], tensor: 'input' },
  ),
  columnInput('the mean over rows and columns', (d, { normal, scale, coupled }) => {
    const size = Math.max(d.shape[0] ?? 0, 1) * (d.shape[1] ?? 1)
    const shared: Tensor = add(div(sum(d), size), mul(normal, columnMean(mul(d, normal))))
    return mul(sub(d, mul(shared, coupled)), scale)
  }),
  columnNorm(
    'dBias averaged',
    {
      backward: (params, cache, dOutput) => {
        const { dParams, dInput } = batchNormFormulas.backward(params, cache, dOutput)
        return { dParams: { gain: dParams.gain, bias: columnMean(dOutput) }, dInput }
      },
    },
    wrongGradient('params.bias', /N|averag|batch/),
  ),
  columnNorm(
    'running means of an empty batch are NaN',
    {
      forward: (params, x, context) => {
        const right = batchNormFormulas.forward(params, x, context)
        const { mean: before, variance } = right.state ?? context.state
        return context.mode === 'train'
          ? { ...right, state: { mean: add(before, mul(mean(x, { axes: 0 }), 1e-3)), variance } }
          : right
      },
    },
    { laws: ['emptiness', 'finiteness'] },
  ),
  columnNorm(
    'the last row forgotten in dGain',
    {
      backward: (params, cache, dOutput) => {
        const { dParams, dInput } = batchNormFormulas.backward(params, cache, dOutput)
        const kept = Math.max((dOutput.shape[0] ?? 0) - 1, 1)
        const product: Tensor = slice(mul(dOutput, cache.normal), [0, kept])
        return { dParams: { gain: sum(product, { axes: 0 }), bias: dParams.bias }, dInput }
      },
    },
    wrongGradient('params.gain'),
  ),
]
