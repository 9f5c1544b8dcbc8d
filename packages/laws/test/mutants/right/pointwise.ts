import { layer, mul, sameShape, type Tensor } from '@pullback/core'

/** A function of every element, with what backward makes of the elements and the gradient by the output. */
export const pointwise = (
  kind: string,
  value: (x: Tensor) => Tensor,
  backward: (x: Tensor, dOutput: Tensor) => Tensor,
) =>
  layer({
    kind,
    shape: sameShape(kind),
    params: {},
    forward: (_, x) => ({ output: value(x), cache: { x } }),
    backward: (_, { x }, dOutput) => ({ dParams: {}, dInput: backward(x, dOutput) }),
  })

/** The backward of a function with this derivative. */
export const slope =
  (derivative: (x: Tensor) => Tensor) =>
  (x: Tensor, dOutput: Tensor): Tensor =>
    mul(dOutput, derivative(x))
