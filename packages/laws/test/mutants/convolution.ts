import {
  concatenate,
  div,
  matmul,
  mean,
  mul,
  reshape,
  slice,
  sum,
  transpose,
  zeros,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'
import {
  convolution1dWith,
  outputLength,
  scattered,
  type ConvolutionFormulas,
  type Geometry1d,
} from './right/convolution1d.ts'
import {
  convolution2dWith,
  eachTap,
  met,
  spread,
  total,
  weight,
  type Convolution2dFormulas,
  type Geometry2d,
} from './right/convolution2d.ts'

export const geometries1d: fc.Arbitrary<Geometry1d> = fc.record({
  length: fc.integer({ min: 3, max: 5 }),
  channels: fc.constantFrom(1, 2),
  outputs: fc.constantFrom(1, 2),
  kernel: fc.integer({ min: 1, max: 3 }),
  stride: fc.constantFrom(1, 2),
  padding: fc.constantFrom(0, 1),
})

export const geometries2d: fc.Arbitrary<Geometry2d> = fc.record({
  height: fc.integer({ min: 2, max: 4 }),
  width: fc.integer({ min: 2, max: 4 }),
  kernel: fc.constantFrom(1, 2),
  stride: fc.constantFrom(1, 2),
})

const line = (
  name: string,
  backward: (
    right: ConvolutionFormulas,
    geometry: Geometry1d,
  ) => (...args: Parameters<ConvolutionFormulas['backward']>) => {
    readonly W?: Tensor
    readonly b?: Tensor
    readonly input?: Tensor
  },
  expected: Expected,
): Mutant => ({
  name: `convolution1d: ${name}`,
  layer: geometries1d.map((geometry) =>
    convolution1dWith(geometry, (right) => ({
      backward: (...args) => {
        const { dParams, dInput } = right.backward(...args)
        const wrong = backward(right, geometry)(...args)
        return {
          dParams: { W: wrong.W ?? dParams.W, b: wrong.b ?? dParams.b },
          dInput: wrong.input ?? dInput,
        }
      },
    })),
  ),
  rows: 'rowwise',
  expected,
})

const dPatches = (W: Tensor, dOutput: Tensor): Tensor => matmul(dOutput, W, { transposeB: true })

const join = (pieces: readonly Tensor[]): Tensor => concatenate<Tensor['dtype']>(pieces, 0)

const dKernel = (geometry: Geometry2d, x: Tensor, d: Tensor): Tensor =>
  reshape(
    join(eachTap(geometry, (row, column) => reshape(sum(mul(met(x, geometry, row, column), d)), [1]))),
    [geometry.kernel, geometry.kernel],
  )

/** The positions of outputs as if the kernel moved on by one, over what it then covers. */
const asIfStride1 = (dPatches: Tensor, geometry: Geometry1d): Tensor => {
  const outputs = outputLength(geometry)
  const covered = { ...geometry, stride: 1, padding: 0, length: outputs + geometry.kernel - 1 }
  const N = dPatches.shape[0] ?? 0
  const padded = geometry.length + 2 * geometry.padding
  const rest = zeros([N, padded - covered.length, geometry.channels], dPatches.dtype)
  const whole = concatenate<Tensor['dtype']>([scattered(dPatches, covered), rest], 1)
  return slice(whole, [0, N], [geometry.padding, geometry.padding + geometry.length])
}

const image = (
  name: string,
  change: (
    geometry: Geometry2d,
  ) => (x: Tensor, W: Tensor, dOutput: Tensor) => { readonly W?: Tensor; readonly input?: Tensor },
  expected: Expected,
): Mutant => ({
  name: `convolution2d: ${name}`,
  layer: geometries2d.map((geometry) =>
    convolution2dWith(geometry, (right) => ({
      backward: (params, cache, dOutput): ReturnType<Convolution2dFormulas['backward']> => {
        const { dParams, dInput } = right.backward(params, cache, dOutput)
        const wrong = change(geometry)(cache.x, params.W, dOutput)
        return { dParams: { W: wrong.W ?? dParams.W }, dInput: wrong.input ?? dInput }
      },
    })),
  ),
  rows: 'rowwise',
  expected,
})

export const convolutionMutants: readonly Mutant[] = [
  line(
    'db summed over the batch, averaged along the line',
    () => (_p, _c, d) => ({
      b: sum(mean(d, { axes: 1 }), { axes: 0 }),
    }),
    wrongGradient('params.b'),
  ),
  line(
    'db from the first position',
    (_, geometry) => (_p, _c, d) => ({
      b: sum(reshape(slice(d, [0, d.shape[0] ?? 0], [0, 1]), [d.shape[0] ?? 0, geometry.outputs]), {
        axes: 0,
      }),
    }),
    wrongGradient('params.b'),
  ),
  line(
    'stride taken as 1 in the gradient by the input',
    (_, geometry) =>
      ({ W }, _c, d) =>
        geometry.stride === 2 ? { input: asIfStride1(dPatches(W, d), geometry) } : {},
    wrongGradient('input'),
  ),
  line(
    'padding off by one in the gradient by the input',
    (_, geometry) =>
      ({ W }, _c, d) => {
        if (geometry.padding === 0) return {}
        const unpadded = scattered(dPatches(W, d), { ...geometry, padding: 0, length: geometry.length + 2 })
        return { input: slice(unpadded, [0, d.shape[0] ?? 0], [0, geometry.length]) }
      },
    wrongGradient('input'),
  ),
  line(
    'the kernel not flipped',
    (_, geometry) =>
      ({ W }, _c, d) => {
        const { kernel, channels, outputs } = geometry
        const taps = reshape(W, [kernel, channels, outputs])
        const flipped = Array.from({ length: kernel }, (_, at) => slice(taps, [kernel - 1 - at, kernel - at]))
        return {
          input: scattered(dPatches(reshape(join(flipped), [kernel * channels, outputs]), d), geometry),
        }
      },
    wrongGradient('input'),
  ),
  line(
    'dW averaged over the positions',
    (_, geometry) =>
      (_p, { patches }, d) => ({
        W: div(sum(matmul(patches, d, { transposeA: true }), { axes: 0 }), outputLength(geometry)),
      }),
    wrongGradient('params.W'),
  ),
  line(
    'dW with kernel and channels exchanged',
    (_, { kernel, channels, outputs }) =>
      (_p, { patches }, d) => ({
        W: reshape(
          transpose(
            reshape(sum(matmul(patches, d, { transposeA: true }), { axes: 0 }), [kernel, channels, outputs]),
            [1, 0, 2],
          ),
          [kernel * channels, outputs],
        ),
      }),
    wrongGradient('params.W'),
  ),
  line(
    'dW of the last example only',
    () =>
      (_p, { patches }, d) => {
        const N = d.shape[0] ?? 0
        return N < 2
          ? {}
          : {
              W: sum(matmul(slice(patches, [N - 1, N]), slice(d, [N - 1, N]), { transposeA: true }), {
                axes: 0,
              }),
            }
      },
    wrongGradient('params.W'),
  ),

  image(
    'the last tap forgotten in the gradient by the input',
    (geometry) => (_, W, d) => ({
      input: total(
        eachTap(geometry, (row, column) =>
          mul(
            spread(mul(d, weight(W, row, column)), geometry, row, column),
            row + column === 2 * geometry.kernel - 2 && geometry.kernel > 1 ? 0 : 1,
          ),
        ),
      ),
    }),
    wrongGradient('input'),
  ),
  image(
    'rows and columns of the kernel exchanged',
    (geometry) => (_, W, d) => ({
      input: total(
        eachTap(geometry, (row, column) => spread(mul(d, weight(W, column, row)), geometry, row, column)),
      ),
    }),
    wrongGradient('input'),
  ),
  image(
    'dW transposed',
    (geometry) => (x, _, d) => ({
      W: transpose(dKernel(geometry, x, d)),
    }),
    wrongGradient('params.W', /transpose/),
  ),
  image(
    'dW half for stride 2',
    (geometry) => (x, _, d) => ({
      W: mul(dKernel(geometry, x, d), geometry.stride === 2 ? 0.5 : 1),
    }),
    wrongGradient('params.W'),
  ),
  image(
    'overlaps counted once',
    (geometry) => (_, W, d) => ({
      input: div(
        total(
          eachTap(geometry, (row, column) => spread(mul(d, weight(W, row, column)), geometry, row, column)),
        ),
        geometry.stride < geometry.kernel ? 2 : 1,
      ),
    }),
    wrongGradient('input'),
  ),
]
