import {
  add,
  initialZeros,
  layer,
  matmul,
  mul,
  parameter,
  signature,
  square,
  sub,
  sum,
  tanh,
  xavierNormal,
  type Tensor,
} from '@pullback/core'
import type { Formulas } from './formulas.ts'

export type ResidualFormulas = Formulas<
  { readonly W: Tensor; readonly b: Tensor },
  { readonly x: Tensor; readonly t: Tensor }
>

export const residualFormulas: ResidualFormulas = {
  forward: ({ W, b }, x) => {
    const t: Tensor = tanh(add(matmul(x, W), b))
    return { output: add(x, t), cache: { x, t } }
  },
  backward: ({ W }, { x, t }, dOutput) => {
    const dZ: Tensor = mul(dOutput, sub(1, square(t)))
    return {
      dParams: { W: matmul(x, dZ, { transposeA: true }), b: sum(dZ, { axes: 0 }) },
      dInput: add(dOutput, matmul(dZ, W, { transposeB: true })),
    }
  },
}

/** x + tanh(x W + b). */
export const residualWith = (size: number, formulas: Partial<ResidualFormulas> = {}) =>
  layer({
    kind: 'residualBlock',
    hyperparameters: { size },
    shape: signature(`residualBlock(${size})`, ['N', size], ['N', size]),
    params: { W: parameter([size, size], xavierNormal()), b: parameter([size], initialZeros()) },
    ...residualFormulas,
    ...formulas,
  })
