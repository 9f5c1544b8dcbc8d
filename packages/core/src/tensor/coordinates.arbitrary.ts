import { toArray, type AnyTensor, type Dtype } from '@pullback/core'

/** Every index of a shape, the last axis fastest: what the oracles loop over. */
export function coordinates(shape: readonly number[]): number[][] {
  const [size, ...rest] = shape
  if (size === undefined) return [[]]
  const inner = coordinates(rest)
  return Array.from({ length: size }, (_, first) => inner.map((index) => [first].concat(index))).flat()
}

/** The element at an index, of a tensor or of a larger shape that it broadcasts to. */
export function reader(tensor: AnyTensor): (index: readonly number[]) => number {
  const values = toArray(tensor)
  return (index) => {
    const own = index.slice(index.length - tensor.shape.length)
    let position = 0
    for (const [axis, size] of tensor.shape.entries())
      position = position * size + (size === 1 ? 0 : (own[axis] ?? 0))
    return values[position] ?? Number.NaN
  }
}

/** The numbers as elements of a dtype, rounded once. */
export const asDtype = (values: readonly number[], dtype: Dtype): readonly number[] =>
  dtype === 'float32'
    ? values.map(Math.fround)
    : dtype === 'int32'
      ? values.map((value) => value | 0)
      : values

/** What an expression comes to, in a form that `toEqual` compares to the bit, NaN and the sign of zero included. */
export const contents = (tensor: AnyTensor) => ({
  dtype: tensor.dtype,
  shape: [...tensor.shape],
  elements: Array.from(toArray(tensor)),
})

/** The contents of a tensor of these elements, rounded to the dtype. */
export const contentsOf = (dtype: Dtype, shape: readonly number[], elements: readonly number[]) => ({
  dtype,
  shape: [...shape],
  elements: asDtype(elements, dtype),
})

/** The largest difference of an element of an expression from its expectation, as a share of the largest expected. */
export function worstError(actual: AnyTensor, expected: readonly number[]): number {
  const elements = toArray(actual)
  if (elements.length !== expected.length) return Number.POSITIVE_INFINITY
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1)
  return expected.reduce(
    (worst, value, position) => Math.max(worst, Math.abs(value - (elements[position] ?? Number.NaN)) / scale),
    0,
  )
}
