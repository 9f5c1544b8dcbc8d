import { div, layer, mul, neg, signature, type Net, type Tensor } from '@pullback/core'

const pair = (
  kind: string,
  value: (a: Tensor, b: Tensor) => Tensor,
  gradient: (a: Tensor, b: Tensor, dOutput: Tensor) => { readonly a: Tensor; readonly b: Tensor },
): Net =>
  layer({
    kind,
    shape: signature(kind, { a: ['...'], b: ['...'] }, ['...']),
    params: {},
    forward: (_, { a, b }) => ({ output: value(a, b), cache: { a, b } }),
    backward: (_, { a, b }, dOutput) => ({ dParams: {}, dInput: gradient(a, b, dOutput) }),
  })

export const product = (): Net => pair('product', mul, (a, b, d) => ({ a: mul(d, b), b: mul(d, a) }))

export const division = (): Net =>
  pair('division', div, (a, b, d) => ({ a: div(d, b), b: neg(div(mul(d, div(a, b)), b)) }))
