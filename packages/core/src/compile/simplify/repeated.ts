import { single } from '../../tensor/construct.ts'
import type { AnyTensor } from '../../tensor/tensor.ts'
import type { Build } from './rewrite.ts'

/** One number in the shape and dtype of a tensor. */
export function repeated(value: number, { shape, dtype }: AnyTensor, build: Build): AnyTensor {
  const { expression } = single('the number', value, dtype)
  const element = build(expression, [], dtype)
  return shape.length === 0 ? element : build({ op: 'broadcast', operands: [element] }, shape, dtype)
}
