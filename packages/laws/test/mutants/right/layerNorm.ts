import {
  add,
  div,
  initialConstant,
  initialZeros,
  layer,
  mean,
  mul,
  parameter,
  signature,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
} from '@pullback/core'
import type { Formulas } from './formulas.ts'

export type NormFormulas = Formulas<
  { readonly gain: Tensor; readonly bias: Tensor },
  { readonly normal: Tensor; readonly scale: Tensor }
>

export const rowMean = (x: Tensor): Tensor => mean(x, { axes: 1, keepDims: true })

/** The deviations of each row from its mean, and one over their standard deviation. */
export const standardised = (x: Tensor): { readonly normal: Tensor; readonly scale: Tensor } => {
  const deviations = sub(x, rowMean(x))
  const scale = div(1, sqrt(add(rowMean(square(deviations)), 1e-5)))
  return { normal: mul(deviations, scale), scale }
}

export const layerNormFormulas: NormFormulas = {
  forward: ({ gain, bias }, x) => {
    const { normal, scale } = standardised(x)
    return { output: add(mul(normal, gain), bias), cache: { normal, scale } }
  },
  backward: ({ gain }, { normal, scale }, dOutput) => {
    const dNormal: Tensor = mul(dOutput, gain)
    const centred = sub(dNormal, rowMean(dNormal))
    return {
      dParams: { gain: sum(mul(dOutput, normal), { axes: 0 }), bias: sum(dOutput, { axes: 0 }) },
      dInput: mul(sub(centred, mul(normal, rowMean(mul(dNormal, normal)))), scale),
    }
  },
}

/** Every row standardised, then scaled and shifted by column. */
export const layerNormWith = (size: number, formulas: Partial<NormFormulas> = {}) =>
  layer({
    kind: 'layerNorm',
    hyperparameters: { size },
    shape: signature(`layerNorm(${size})`, ['N', size], ['N', size]),
    params: { gain: parameter([size], initialConstant(1)), bias: parameter([size], initialZeros()) },
    ...layerNormFormulas,
    ...formulas,
  })
