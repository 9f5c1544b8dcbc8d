import type { TypedArray } from '../tensor/dtype.ts'
import { makeTensor, type AnyTensor } from '../tensor/tensor.ts'
import { Values } from '../tensor/values.ts'

/** A constant of the shape and dtype of a tensor around an array that is given away. */
export const constantOf = ({ shape, dtype }: AnyTensor, array: TypedArray): AnyTensor =>
  makeTensor({ op: 'constant', operands: [], values: new Values(array) }, shape, dtype)
