import {
  add,
  heNormal,
  initialZeros,
  layer,
  matmul,
  parameter,
  signature,
  sum,
  type Tensor,
} from '@pullback/core'
import type { Formulas } from './formulas.ts'

export type AffineFormulas = Formulas<{ readonly W: Tensor; readonly b: Tensor }, { readonly X: Tensor }>

export const affineFormulas: AffineFormulas = {
  forward: ({ W, b }, X) => ({ output: add(matmul(X, W), b), cache: { X } }),
  backward: ({ W }, { X }, dZ) => ({
    dParams: { W: matmul(X, dZ, { transposeA: true }), b: sum(dZ, { axes: 0 }) },
    dInput: matmul(dZ, W, { transposeB: true }),
  }),
}

/** The affine layer of core, with the formulas to be replaced. */
export const affineWith = (inputs: number, outputs: number, formulas: Partial<AffineFormulas> = {}) =>
  layer({
    kind: 'affine',
    hyperparameters: { inputs, outputs },
    shape: signature(`affine(${inputs}, ${outputs})`, ['N', inputs], ['N', outputs]),
    params: { W: parameter([inputs, outputs], heNormal()), b: parameter([outputs], initialZeros()) },
    ...affineFormulas,
    ...formulas,
  })
