import {
  abs,
  add,
  div,
  erf,
  exp,
  expm1,
  greater,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  sigmoid,
  square,
  sub,
  tanh,
  where,
  type Tensor,
} from '@pullback/core'
import { pointwise, slope } from './pointwise.ts'

export const reluValue = (x: Tensor): Tensor => maximum(x, 0)
export const reluLayer = () => pointwise('relu', reluValue, (x, dOutput) => where(greater(x, 0), dOutput, 0))

export const sigmoidSlope = (x: Tensor): Tensor => mul(sigmoid(x), sub(1, sigmoid(x)))
export const sigmoidLayer = () => pointwise('sigmoid', sigmoid, slope(sigmoidSlope))

export const tanhSlope = (x: Tensor): Tensor => sub(1, square(tanh(x)))
export const tanhLayer = () => pointwise('tanh', tanh, slope(tanhSlope))

/** log(1 + e^x), without overflow. */
export const softplusValue = (x: Tensor): Tensor => add(maximum(x, 0), log1p(exp(neg(abs(x)))))
export const softplusLayer = () => pointwise('softplus', softplusValue, slope(sigmoid))

/** x Phi(x). */
export const geluValue = (x: Tensor): Tensor => mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1))
export const normalDensity = (x: Tensor): Tensor => mul(exp(mul(square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI))
export const normalDistribution = (x: Tensor): Tensor => mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5)
export const geluSlope = (x: Tensor): Tensor => add(normalDistribution(x), mul(x, normalDensity(x)))
export const geluLayer = () => pointwise('gelu', geluValue, slope(geluSlope))

const root = Math.sqrt(2 / Math.PI)
const inner = (x: Tensor): Tensor => mul(add(x, mul(mul(square(x), x), 0.044715)), root)

/** The approximation of gelu by tanh. */
export const tanhGeluValue = (x: Tensor): Tensor => mul(mul(x, 0.5), add(tanh(inner(x)), 1))
export const tanhGeluSlope = (x: Tensor): Tensor => {
  const t = tanh(inner(x))
  const within = mul(add(mul(square(x), 3 * 0.044715), 1), root)
  return add(mul(add(t, 1), 0.5), mul(mul(mul(x, 0.5), sub(1, square(t))), within))
}
export const tanhGeluLayer = () => pointwise('geluTanh', tanhGeluValue, slope(tanhGeluSlope))

export const siluValue = (x: Tensor): Tensor => mul(x, sigmoid(x))
export const siluSlope = (x: Tensor): Tensor => add(sigmoid(x), mul(x, sigmoidSlope(x)))
export const siluLayer = () => pointwise('silu', siluValue, slope(siluSlope))

/** x above 0, e^x - 1 below. */
export const eluValue = (x: Tensor): Tensor => where(greater(x, 0), x, expm1(minimum(x, 0)))
export const eluSlope = (x: Tensor): Tensor => where(greater(x, 0), 1, exp(minimum(x, 0)))
export const eluLayer = () => pointwise('elu', eluValue, slope(eluSlope))

/** x / (1 + |x|). */
export const softsignValue = (x: Tensor): Tensor => div(x, add(abs(x), 1))
export const softsignSlope = (x: Tensor): Tensor => div(1, square(add(abs(x), 1)))
export const softsignLayer = () => pointwise('softsign', softsignValue, slope(softsignSlope))

export const squareLayer = () =>
  pointwise(
    'square',
    square,
    slope((x) => mul(x, 2)),
  )
