import { isFloat, type Float } from './dtype.ts'
import { broadcastTo } from './movement.ts'
import { broadcastSizes, equalShapes, showShape, type Shape } from './shape.ts'
import { makeTensor, type Tensor } from './tensor.ts'

/** Which operands of a matrix product are taken transposed. */
export interface MatmulOptions {
  readonly transposeA?: boolean
  readonly transposeB?: boolean
}

type Flip<M extends Shape, T> = M extends readonly [infer R, infer C]
  ? T extends true
    ? readonly [C, R]
    : M
  : Shape

type Option<O, K extends keyof MatmulOptions> = K extends keyof O ? O[K] : false

type Product<A extends Shape, B extends Shape> = A extends readonly [infer R, unknown]
  ? B extends readonly [unknown, infer C]
    ? readonly [R, C] extends infer P extends Shape
      ? P
      : Shape
    : Shape
  : Shape

/**
 * The matrix product over the last two axes, `[.., R, K]` by `[.., K, C]` to `[.., R, C]`; leading axes broadcast.
 *
 * @param a of rank 2 or more; with `transposeA` its last two axes are `[K, R]`
 * @param b of rank 2 or more; with `transposeB` its last two axes are `[C, K]`
 * @throws TypeError if the inner sizes differ, a rank is below 2 or the dtypes differ
 * @example
 * const W = tensor([[1, 2], [3, 4]])
 * toNested(matmul(tensor([[1, 1]]), W)) // => [[4, 6]]
 * toNested(matmul(tensor([[1, 1]]), W, { transposeB: true })) // => [[3, 7]]
 */
export function matmul<
  A extends Shape,
  B extends Shape,
  D extends Float,
  const O extends MatmulOptions = { readonly transposeA: false; readonly transposeB: false },
>(
  a: Tensor<A, D>,
  b: Tensor<B, D>,
  options?: O,
): Tensor<Product<Flip<A, Option<O, 'transposeA'>>, Flip<B, Option<O, 'transposeB'>>>, D> {
  const { transposeA = false, transposeB = false }: MatmulOptions = options ?? {}
  const given = () =>
    `${showShape(a.shape)}${transposeA ? '^T' : ''} and ${showShape(b.shape)}${transposeB ? '^T' : ''}`
  if (a.shape.length < 2 || b.shape.length < 2)
    throw new TypeError(`matmul: takes operands of rank 2 or more, not ${given()}; reshape a vector first`)
  if (a.dtype !== b.dtype)
    throw new TypeError(`matmul: ${a.dtype} and ${b.dtype} do not mix; convert one of them with cast`)
  const [rows, innerA] = lastTwo(a.shape, transposeA)
  const [innerB, columns] = lastTwo(b.shape, transposeB)
  if (!isFloat(a.dtype)) throw new TypeError('matmul: takes float32 or float64, not int32; convert with cast')
  if (innerA !== innerB)
    throw new TypeError(`matmul: ${given()} do not fit: the inner sizes are ${innerA} and ${innerB}`)
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)]
  const batch = equalShapes(batchA, batchB) ? batchA : broadcastSizes('matmul', batchA, batchB)
  const operands = [
    broadcastTo(a, [...batch, ...a.shape.slice(-2)]),
    broadcastTo(b, [...batch, ...b.shape.slice(-2)]),
  ] as const
  return makeTensor({ op: 'matmul', operands, transposeA, transposeB }, [...batch, rows, columns], a.dtype)
}

function lastTwo(sizes: readonly number[], transposed: boolean): readonly [number, number] {
  const rows = sizes.at(-2) ?? 1
  const columns = sizes.at(-1) ?? 1
  return transposed ? [columns, rows] : [rows, columns]
}
