import type { Context, InputOf, Layer, Net, TensorLike } from '../layer/layer.ts'
import type { ShapeFunction } from '../shape/signature.ts'
import type { TreeRecord } from '../tensor/tree.ts'
import { computed, type ComputeOptions } from './computed.ts'

/**
 * What a net gives for an input, computed, in `predict` mode unless the context says otherwise.
 *
 * The layers are traced and compiled once for each set of shapes: what they read from elsewhere, a variable around
 * them, `Math.random` or the date, is fixed then. Randomness comes from the key of the context.
 *
 * @param net any layer
 * @param options the `backend` that computes: `'auto'`, the fastest that is there, unless given
 * @returns a function of parameters, input and, for layers that need it, the state they have reached
 * @throws TypeError if an input or parameter has the wrong shape or dtype, or the backend is not there
 * @example
 * const net = sequential(['N', 2], ['fc', affine(2, 3)], ['relu', relu()])
 * predict(net)(net.init(seed(0)), zeros([5, 2])).shape // => [5, 3]
 */
export const predict = <F extends ShapeFunction, P extends TreeRecord>(
  net: Layer<F, P>,
  options: ComputeOptions = {},
) => {
  const erased: Net = net
  const outputs = computed(
    erased,
    'predict',
    (params, input, context) => ({
      output: erased.forward(params, input, { mode: 'predict', ...context }).output,
    }),
    options,
  )
  return (params: P, input: InputOf<F['Takes']>, context: Context = {}): TensorLike<F['Gives']> =>
    outputs(params, input, context)['output'] as TensorLike<F['Gives']>
}
