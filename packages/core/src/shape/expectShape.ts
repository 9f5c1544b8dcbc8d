import { isFloat } from '../tensor/dtype.ts'
import { showShape } from '../tensor/shape.ts'
import type { AnyTensor } from '../tensor/tensor.ts'
import type { TensorLike } from '../layer/layer.ts'
import { match } from './match.ts'
import { isIntegerPattern, showTakes, type Pattern } from './pattern.ts'

/**
 * The same tensor with a shape that the type checker knows, once the program has seen that it has it: for tensors read
 * from files and other data.
 *
 * @param tensor a tensor of any shape
 * @param pattern what it must fit: sizes, names for sizes of any number, `int32(...)` for int32
 * @throws TypeError if it does not fit
 * @example
 * const rows = fromValues([1, 2, 3, 4], [2, 2])
 * expectShape(rows, ['N', 2]).shape // => [2, 2]
 * expectShape(rows, ['N', 3]) // throws 'expected a tensor [N, 3] but found [2, 2]'
 */
export function expectShape<const P extends Pattern>(tensor: AnyTensor, pattern: P): TensorLike<P> {
  const { shape, dtype } = tensor
  const found: Pattern = isFloat(dtype) ? shape : { dtype: 'int32', shape }
  if (isFloat(dtype) === isIntegerPattern(pattern) || match(pattern, found) === undefined)
    throw new TypeError(
      `expected a tensor ${showTakes(pattern)} but found ${isFloat(dtype) ? '' : 'int32 '}${showShape(shape)}`,
    )
  return tensor as TensorLike<P>
}
