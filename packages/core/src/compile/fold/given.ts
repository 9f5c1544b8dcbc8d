import { elementsOf } from '../../evaluate/compute.ts'
import type { Dtype, TypedArray } from '../../tensor/dtype.ts'
import { elementCount, equalShapes, showShape } from '../../tensor/shape.ts'
import { isTensor, type AnyTensor } from '../../tensor/tensor.ts'
import { show } from '../sentence.ts'
import type { InputShapes } from '../shapes.ts'
import { at, type Leaf } from '../treeForm.ts'

/** Elements in row-major order. */
export interface ShapedArray {
  readonly values: TypedArray
  readonly shape: readonly number[]
}

/** A tree with values in the place of its tensors; an array alone has one dimension. */
export type GivenTree<T> = T extends AnyTensor
  ? T | TypedArray | ShapedArray
  : { readonly [K in keyof T]: GivenTree<T[K]> }

const isArray = (value: unknown): value is TypedArray =>
  value instanceof Float32Array || value instanceof Int32Array || value instanceof Float64Array

const isShaped = (value: object): value is ShapedArray =>
  'values' in value && isArray(value.values) && 'shape' in value && Array.isArray(value.shape)

const dtypeOf = (array: TypedArray): Dtype =>
  array instanceof Float32Array ? 'float32' : array instanceof Int32Array ? 'int32' : 'float64'

/** Says that the values of an input are too many or too few. */
export const wrongLength = (
  what: string,
  name: string,
  length: number,
  shape: readonly number[],
): RangeError =>
  new RangeError(
    `${what}: '${name}' is given ${length} values for the shape ${showShape(shape)}, which takes ${elementCount(shape)}`,
  )

/** The shapes of a tree of values. */
export function givenShapes(what: string, given: unknown, path = 'what is given', depth = 0): InputShapes {
  if (isTensor(given)) return { shape: given.shape, dtype: given.dtype }
  if (isArray(given)) return { shape: [given.length], dtype: dtypeOf(given) }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new TypeError(
      `${what}: '${path}' is ${show(given)}; a tensor or a typed array is expected, such as Float32Array.of(1, 2)`,
    )
  if (isShaped(given)) {
    const { values, shape } = given
    if (values.length !== elementCount(shape)) throw wrongLength(what, path, values.length, shape)
    return { shape, dtype: dtypeOf(values) }
  }
  return Object.fromEntries(
    Object.entries(given).map(([name, child]) => [
      name,
      givenShapes(what, child, depth === 0 ? name : `${path}.${name}`, depth + 1),
    ]),
  )
}

function fitsLeaf({ shape, dtype }: Leaf, value: unknown): boolean {
  if (isTensor(value)) return value.dtype === dtype && equalShapes(value.shape, shape)
  if (isArray(value)) return shape.length === 1 && shape[0] === value.length && dtypeOf(value) === dtype
  if (typeof value !== 'object' || value === null || !isShaped(value)) return false
  return equalShapes(value.shape, shape) && dtypeOf(value.values) === dtype
}

function countValues(given: unknown): number {
  if (typeof given !== 'object' || given === null || isTensor(given) || isArray(given) || isShaped(given))
    return 1
  let count = 0
  for (const name in given) count += countValues((given as Readonly<Record<string, unknown>>)[name])
  return count
}

/** Whether a tree of values has exactly these tensors; nothing is allocated to find out. */
export function fitsForm(form: readonly Leaf[], given: unknown): boolean {
  for (let index = 0; index < form.length; index++) {
    const leaf = form[index]
    if (leaf !== undefined && !fitsLeaf(leaf, at(given, leaf.path))) return false
  }
  return countValues(given) === form.length
}

/** The elements of a value that fits. */
export function elementsGiven(value: unknown): TypedArray {
  if (isTensor(value)) return elementsOf(value)
  if (isArray(value)) return value
  return (value as ShapedArray).values
}
