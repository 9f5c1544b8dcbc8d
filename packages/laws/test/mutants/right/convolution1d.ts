import {
  add,
  concatenate,
  gather,
  heNormal,
  initialZeros,
  layer,
  matmul,
  parameter,
  reshape,
  scatterAdd,
  signature,
  slice,
  sum,
  tensor,
  zeros,
  type Tensor,
} from '@pullback/core'
import type { Formulas, Labels } from './formulas.ts'

export interface Geometry1d {
  readonly length: number
  readonly channels: number
  readonly outputs: number
  readonly kernel: number
  readonly stride: number
  readonly padding: number
}

export type ConvolutionFormulas = Formulas<
  { readonly W: Tensor; readonly b: Tensor },
  { readonly patches: Tensor }
>

export const outputLength = ({ length, kernel, stride, padding }: Geometry1d): number =>
  Math.floor((length + 2 * padding - kernel) / stride) + 1

/** The positions of the padded input that every output looks at, one after the other. */
export const positions = (geometry: Geometry1d): Labels =>
  tensor(
    Array.from({ length: outputLength(geometry) * geometry.kernel }, (_, at) => {
      const { kernel, stride } = geometry
      return Math.floor(at / kernel) * stride + (at % kernel)
    }),
    'int32',
  )

const patchesOf = (x: Tensor, geometry: Geometry1d): Tensor => {
  const { channels, kernel, padding } = geometry
  const edge = zeros([x.shape[0] ?? 0, padding, channels], x.dtype)
  const padded = padding === 0 ? x : concatenate<typeof x.dtype>([edge, x, edge], 1)
  return reshape(gather(padded, positions(geometry), 1), [
    x.shape[0] ?? 0,
    outputLength(geometry),
    kernel * channels,
  ])
}

/** The gradient by the input, from that by the patches. */
export const scattered = (dPatches: Tensor, geometry: Geometry1d): Tensor => {
  const { length, channels, kernel, padding } = geometry
  const N = dPatches.shape[0] ?? 0
  const flat = reshape(dPatches, [N, outputLength(geometry) * kernel, channels])
  const padded = scatterAdd(flat, positions(geometry), length + 2 * padding, 1)
  return slice(padded, [0, N], [padding, padding + length])
}

export const convolution1dFormulas = (geometry: Geometry1d): ConvolutionFormulas => ({
  forward: ({ W, b }, x) => {
    const patches = patchesOf(x, geometry)
    return { output: add(matmul(patches, W), b), cache: { patches } }
  },
  backward: ({ W }, { patches }, dOutput) => ({
    dParams: {
      W: sum(matmul(patches, dOutput, { transposeA: true }), { axes: 0 }),
      b: sum(dOutput, { axes: [0, 1] }),
    },
    dInput: scattered(matmul(dOutput, W, { transposeB: true }), geometry),
  }),
})

/** A convolution over `[N, length, channels]`, patches as rows of a matrix. */
export const convolution1dWith = (
  geometry: Geometry1d,
  formulas: (right: ConvolutionFormulas) => Partial<ConvolutionFormulas> = () => ({}),
) => {
  const { length, channels, outputs, kernel, stride, padding } = geometry
  const right = convolution1dFormulas(geometry)
  return layer({
    kind: 'convolution1d',
    hyperparameters: { ...geometry },
    shape: signature(
      `convolution1d(${[length, channels, outputs, kernel, stride, padding].join(', ')})`,
      ['N', length, channels],
      ['N', outputLength(geometry), outputs],
    ),
    params: {
      W: parameter([kernel * channels, outputs], heNormal()),
      b: parameter([outputs], initialZeros()),
    },
    ...right,
    ...formulas(right),
  })
}
