import {
  add,
  concatenate,
  heNormal,
  layer,
  mul,
  parameter,
  reshape,
  scatterAdd,
  signature,
  slice,
  sum,
  tensor,
  type Tensor,
} from '@pullback/core'
import type { Formulas } from './formulas.ts'

export interface Geometry2d {
  readonly height: number
  readonly width: number
  readonly kernel: number
  readonly stride: number
}

export type Convolution2dFormulas = Formulas<{ readonly W: Tensor }, { readonly x: Tensor }>

export const outputSize = (size: number, { kernel, stride }: Geometry2d): number =>
  Math.floor((size - kernel) / stride) + 1

const places = (first: number, count: number, stride: number) =>
  tensor(
    Array.from({ length: count }, (_, at) => first + at * stride),
    'int32',
  )

/** What `f` makes of each tap of the kernel, row by row. */
export const eachTap = <R>({ kernel }: Geometry2d, f: (row: number, column: number) => R): R[] =>
  Array.from({ length: kernel * kernel }, (_, at) => f(Math.floor(at / kernel), at % kernel))

export const total = (terms: readonly Tensor[]): Tensor => terms.reduce((sum, term) => add(sum, term))

/** The elements that a tap of the kernel meets, `[N, rows, columns]`. */
export const met = (x: Tensor, geometry: Geometry2d, row: number, column: number): Tensor => {
  const { height, width, stride } = geometry
  const range = (first: number, size: number) =>
    [first, first + (outputSize(size, geometry) - 1) * stride + 1, stride] as const
  return slice(x, [0, x.shape[0] ?? 0], range(row, height), range(column, width))
}

/** Zeros of the size of the input with `y` where a tap of the kernel met it. */
export const spread = (y: Tensor, geometry: Geometry2d, row: number, column: number): Tensor => {
  const { height, width, stride } = geometry
  const rows = scatterAdd(y, places(row, outputSize(height, geometry), stride), height, 1)
  return scatterAdd(rows, places(column, outputSize(width, geometry), stride), width, 2)
}

/** One weight of the kernel, to be multiplied with anything of rank 3. */
export const weight = (W: Tensor, row: number, column: number): Tensor =>
  reshape(slice(W, [row, row + 1], [column, column + 1]), [1, 1, 1])

const matrix = (numbers: readonly Tensor[], size: number): Tensor =>
  reshape(concatenate(numbers.map((number) => reshape(number, [1]))), [size, size])

export const convolution2dFormulas = (geometry: Geometry2d): Convolution2dFormulas => ({
  forward: ({ W }, x) => ({
    output: total(
      eachTap(geometry, (row, column) => mul(met(x, geometry, row, column), weight(W, row, column))),
    ),
    cache: { x },
  }),
  backward: ({ W }, { x }, dOutput) => ({
    dParams: {
      W: matrix(
        eachTap(geometry, (row, column) => sum(mul(met(x, geometry, row, column), dOutput))),
        geometry.kernel,
      ),
    },
    dInput: total(
      eachTap(geometry, (row, column) => spread(mul(dOutput, weight(W, row, column)), geometry, row, column)),
    ),
  }),
})

/** A convolution of images `[N, height, width]` with one kernel, tap by tap. */
export const convolution2dWith = (
  geometry: Geometry2d,
  formulas: (right: Convolution2dFormulas) => Partial<Convolution2dFormulas> = () => ({}),
) => {
  const { height, width, kernel, stride } = geometry
  const right = convolution2dFormulas(geometry)
  return layer({
    kind: 'convolution2d',
    hyperparameters: { ...geometry },
    shape: signature(
      `convolution2d(${[height, width, kernel, stride].join(', ')})`,
      ['N', height, width],
      ['N', outputSize(height, geometry), outputSize(width, geometry)],
    ),
    params: { W: parameter([kernel, kernel], heNormal()) },
    ...right,
    ...formulas(right),
  })
}
