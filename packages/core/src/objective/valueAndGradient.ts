import type { Context, InputOf, Layer, Net } from '../layer/layer.ts'
import type { ShapeFunction } from '../shape/signature.ts'
import { scalar } from '../tensor/construct.ts'
import { showShape } from '../tensor/shape.ts'
import type { Tensor } from '../tensor/tensor.ts'
import type { TreeRecord } from '../tensor/tree.ts'
import { computed, type ComputeOptions } from './computed.ts'

/** A number, its gradients by the parameters, in their form, and the state after this step. */
export interface ValueAndGradient<P extends TreeRecord> {
  readonly value: Tensor<readonly []>
  readonly gradients: P
  readonly state: TreeRecord
}

/**
 * The expressions of an objective and its gradients: forward, then backward from dL = 1. Nothing is computed yet.
 *
 * @param loss a layer that gives a scalar, such as an `objective`
 * @throws TypeError if it gives anything else
 */
export const differentiate =
  <F extends ShapeFunction, P extends TreeRecord>(loss: Layer<F, P>) =>
  (params: P, input: InputOf<F['Takes']>, context?: Context): ValueAndGradient<P> => {
    const erased: Net = loss
    const { output, cache, state } = erased.forward(params, input, context)
    if (output.shape.length > 0)
      throw new TypeError(
        `${loss.rule.title} gives ${showShape(output.shape)}; only a scalar has gradients like this`,
      )
    const { dParams } = erased.backward(params, cache, scalar(1, output.dtype))
    return { value: output as Tensor<readonly []>, gradients: dParams as P, state }
  }

/**
 * The value of an objective and its gradients by all parameters, computed.
 *
 * The layers are traced and compiled once for each set of shapes: what they read from elsewhere, a variable around
 * them, `Math.random` or the date, is fixed then. Randomness comes from the key of the context.
 *
 * @param loss a layer that gives a scalar, such as an `objective`
 * @param options the `backend` that computes: `'auto'`, the fastest that is there, unless given
 * @returns a function of parameters, inputs and, for layers that need them, key, mode and state
 * @throws TypeError if the loss gives anything but a scalar, an input or parameter has the wrong shape or dtype,
 *   or the backend is not there
 * @example
 * const loss = objective(affine(2, 2), softmaxCrossEntropy(2))
 * const params = { W: zeros([2, 2]), b: zeros([2]) }
 * const { value, gradients } = valueAndGradient(loss)(params, { input: tensor([[1, 3]]), labels: tensor([0], 'int32') })
 * toNested(gradients.W) // => [[-0.5, 0.5], [-1.5, 1.5]]
 */
export const valueAndGradient = <F extends ShapeFunction, P extends TreeRecord>(
  loss: Layer<F, P>,
  options: ComputeOptions = {},
) => {
  const erased: Net = loss
  const expressions = differentiate(erased)
  const results = computed(
    erased,
    'valueAndGradient',
    (params, input, context) => ({ ...expressions(params, input, context) }),
    options,
  )
  return (params: P, input: InputOf<F['Takes']>, context?: Context): ValueAndGradient<P> =>
    results(params, input, context) as unknown as ValueAndGradient<P>
}
