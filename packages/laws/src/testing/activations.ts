import {
  abs,
  add,
  erf,
  exp,
  greater,
  greaterEqual,
  layer,
  lessEqual,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  sameShape,
  sigmoid,
  square,
  sub,
  tanh,
  where,
  type Net,
  type Tensor,
} from '@pullback/core'

/** A function of every element: its value, and its slope at x. */
export const pointwise = (kind: string, value: (x: Tensor) => Tensor, slope: (x: Tensor) => Tensor): Net =>
  layer({
    kind,
    shape: sameShape(kind),
    params: {},
    forward: (_, x) => ({ output: value(x), cache: { x } }),
    backward: (_, { x }, dOutput) => ({ dParams: {}, dInput: mul(dOutput, slope(x)) }),
  })

const density = (x: Tensor): Tensor => mul(exp(mul(square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI))
const distribution = (x: Tensor): Tensor => mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5)

export const activations: readonly (readonly [string, Net])[] = [
  ['tanh', pointwise('tanh', tanh, (x) => sub(1, square(tanh(x))))],
  ['sigmoid', pointwise('sigmoid', sigmoid, (x) => mul(sigmoid(x), sub(1, sigmoid(x))))],
  ['softplus', pointwise('softplus', (x) => add(maximum(x, 0), log1p(exp(neg(abs(x))))), sigmoid)],
  [
    'gelu',
    pointwise(
      'gelu',
      (x) => mul(x, distribution(x)),
      (x) => add(distribution(x), mul(x, density(x))),
    ),
  ],
  [
    'clip',
    pointwise(
      'clip',
      (x) => minimum(maximum(x, -0.75), 1.5),
      (x) => where(mul(greater(x, -0.75), lessEqual(x, 1.5)), add(mul(x, 0), 1), 0),
    ),
  ],
  ['exp', pointwise('exp', exp, exp)],
  [
    'relu from its output',
    layer({
      kind: 'reluFromOutput',
      shape: sameShape('reluFromOutput'),
      params: {},
      forward: (_, x) => {
        const y = maximum(x, 0)
        return { output: y, cache: { y } }
      },
      backward: (_, { y }, dOutput) => ({ dParams: {}, dInput: where(greater(y, 0), dOutput, 0) }),
    }),
  ],
  ['abs', pointwise('abs', abs, (x) => where(greaterEqual(x, 0), add(mul(x, 0), 1), -1))],
]
