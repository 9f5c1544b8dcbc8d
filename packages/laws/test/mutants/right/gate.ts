import { concatenate, layer, mul, sigmoid, signature, slice, sub, type Tensor } from '@pullback/core'
import type { Formulas, None } from './formulas.ts'

export type GateFormulas = Formulas<None, { readonly a: Tensor; readonly g: Tensor }>

/** The two halves of every row. */
export const halves = (x: Tensor, size: number): readonly [Tensor, Tensor] => {
  const N = x.shape[0] ?? 0
  return [slice(x, [0, N], [0, size]), slice(x, [0, N], [size, 2 * size])]
}

export const gateFormulas = (size: number): GateFormulas => ({
  forward: (_, x) => {
    const [a, b] = halves(x, size)
    const g = sigmoid(b)
    return { output: mul(a, g), cache: { a, g } }
  },
  backward: (_, { a, g }, dOutput) => {
    const dB: Tensor = mul(mul(dOutput, a), mul(g, sub(1, g)))
    return { dParams: {}, dInput: concatenate<typeof dB.dtype>([mul(dOutput, g), dB], 1) }
  },
})

/** The first half of every row times the sigmoid of the second. */
export const gateWith = (size: number, formulas: Partial<GateFormulas> = {}) =>
  layer({
    kind: 'gate',
    hyperparameters: { size },
    shape: signature(`gate(${size})`, ['N', 2 * size], ['N', size]),
    params: {},
    ...gateFormulas(size),
    ...formulas,
  })
