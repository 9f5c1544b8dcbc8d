import { evaluate } from '../evaluate/evaluate.ts'
import type { Context, InputOf, Layer, TensorLike } from '../layer/layer.ts'
import type { ShapeFunction } from '../shape/signature.ts'
import type { AnyTensor } from '../tensor/tensor.ts'
import type { TreeRecord } from '../tensor/tree.ts'

/**
 * What a net gives for an input, computed, in `predict` mode unless the context says otherwise.
 *
 * @param net any layer
 * @returns a function of parameters, input and, for layers that need it, the state they have reached
 * @throws TypeError if an input or parameter has the wrong shape or dtype
 * @example
 * const net = sequential(['N', 2], ['fc', affine(2, 3)], ['relu', relu()])
 * predict(net)(net.init(seed(0)), zeros([5, 2])).shape // => [5, 3]
 */
export const predict =
  <F extends ShapeFunction, P extends TreeRecord>(net: Layer<F, P>) =>
  (params: P, input: InputOf<F['Takes']>, context: Context = {}): TensorLike<F['Gives']> => {
    const { output }: { output: AnyTensor } = net.forward(params, input, { mode: 'predict', ...context })
    return evaluate(output) as TensorLike<F['Gives']>
  }
