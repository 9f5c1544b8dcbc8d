import {
  add,
  affine,
  broadcastTo,
  cast,
  equal,
  fromValues,
  greater,
  greaterEqual,
  identity,
  layer,
  less,
  matmul,
  max,
  maximum,
  mul,
  parameter,
  relu,
  reshape,
  sameShape,
  signature,
  softmaxCrossEntropy,
  square,
  sub,
  sum,
  tanh,
  transpose,
  where,
  xavierNormal,
  zeros,
  type LayerInput,
  type Net,
  type Shape,
  type Tensor,
  type TreeRecord,
} from '@pullback/core'

/** A layer, and the same with a wrong backward. */
export interface Mistake {
  readonly name: string
  readonly right: Net
  readonly wrong: Net
}

/** The layer with something else made of what its backward gives. */
const altered = (
  right: Net,
  change: (
    gradients: { readonly dParams: TreeRecord; readonly dInput: LayerInput },
    dOutput: Tensor,
  ) => unknown,
): Net => ({
  ...right,
  backward: (params, cache, dOutput) => {
    const { dParams, dInput } = right.backward(params, cache, dOutput)
    return change({ dParams, dInput: dInput as LayerInput }, dOutput as Tensor) as never
  },
})

const pointwise = (value: (x: Tensor) => Tensor, slope: (x: Tensor) => Tensor): Net =>
  layer({
    kind: 'pointwise',
    shape: sameShape('pointwise'),
    params: {},
    forward: (_, x) => ({ output: value(x), cache: { x } }),
    backward: (_, { x }, dOutput) => ({ dParams: {}, dInput: mul(dOutput, slope(x)) }),
  })

const tanhSlope = (x: Tensor): Tensor => sub(1, square(tanh(x)))
const tanhLayer = pointwise(tanh, tanhSlope)
const reluWith = (slope: (x: Tensor) => Tensor): Net => pointwise((x) => maximum(x, 0), slope)
const one = (x: Tensor): Tensor => add(mul(x, 0), 1)
const relus = reluWith((x) => where(greater(x, 0), one(x), 0))

const squareMap: Net = layer({
  kind: 'squareMap',
  shape: signature('squareMap', ['N', 3], ['N', 3]),
  params: { W: parameter([3, 3], xavierNormal()) },
  forward: ({ W }, x) => ({ output: matmul(x, W), cache: { x } }),
  backward: ({ W }, { x }, dOutput) => ({
    dParams: { W: matmul(x, dOutput, { transposeA: true }) },
    dInput: matmul(dOutput, W, { transposeB: true }),
  }),
})

const along = (y: Tensor, x: Tensor): Tensor => broadcastTo(reshape(y, [x.shape[0] ?? 0, 1]), [...x.shape])

const ties = (x: Tensor): Tensor => cast(equal(x, along(max(x, { axes: 1 }), x)), 'float64')

/** The largest of every row of three; ties have it in equal shares, or as `share` says. */
const rowMax = (share: (tied: Tensor) => Tensor): Net =>
  layer({
    kind: 'rowMax',
    shape: signature('rowMax', ['N', 3], ['N']),
    params: {},
    forward: (_, x) => ({ output: max(x, { axes: 1 }), cache: { x } }),
    backward: (_, { x }, dOutput) => ({ dParams: {}, dInput: mul(along(dOutput, x), share(ties(x))) }),
  })

const shared = (tied: Tensor): Tensor => mul(tied, pointwiseInverse(along(sum(tied, { axes: 1 }), tied)))
const pointwiseInverse = (count: Tensor): Tensor =>
  where(greater(count, 2), 1 / 3, where(greater(count, 1), add(mul(count, 0), 0.5), 1))

const entryOff = (shape: readonly number[], position: number, by: number): Tensor<Shape, 'float64'> => {
  const factors = new Float64Array(shape.reduce((product, size) => product * size, 1)).fill(1)
  factors[position] = 1 + by
  return fromValues(factors, [...shape], 'float64')
}

const W = (dParams: TreeRecord): Tensor => dParams['W'] as Tensor
const b = (dParams: TreeRecord): Tensor => dParams['b'] as Tensor
const fc: Net = affine(4, 2)
const crossEntropy: Net = softmaxCrossEntropy(3)

/** Mistakes that show at almost every point where there is anything to see. */
export const mistakes: readonly Mistake[] = [
  {
    name: 'one entry of a parameter off by 1e-8',
    right: fc,
    wrong: altered(fc, ({ dParams, dInput }) => ({
      dParams: { ...dParams, W: mul(W(dParams), entryOff([4, 2], 5, 1e-8)) },
      dInput,
    })),
  },
  {
    name: 'a factor of 2',
    right: tanhLayer,
    wrong: altered(tanhLayer, ({ dParams, dInput }) => ({ dParams, dInput: mul(dInput as Tensor, 2) })),
  },
  {
    name: 'a missing term',
    right: fc,
    wrong: altered(fc, ({ dParams, dInput }) => ({ dParams: { ...dParams, b: mul(b(dParams), 0) }, dInput })),
  },
  {
    name: 'transposed',
    right: squareMap,
    wrong: altered(squareMap, ({ dParams, dInput }) => ({ dParams: { W: transpose(W(dParams)) }, dInput })),
  },
  {
    name: 'the sign at negative inputs',
    right: tanhLayer,
    wrong: pointwise(tanh, (x) => mul(tanhSlope(x), where(less(x, 0), mul(one(x), -1), 1))),
  },
  {
    name: 'wrong in the tail',
    right: tanhLayer,
    wrong: pointwise(tanh, (x) => mul(tanhSlope(x), where(greater(square(x), 9), mul(one(x), 0.9), 1))),
  },
  {
    name: 'the upstream gradient forgotten',
    right: tanhLayer,
    wrong: layer({
      kind: 'pointwise',
      shape: sameShape('pointwise'),
      params: {},
      forward: (_, x) => ({ output: tanh(x), cache: { x } }),
      backward: (_, { x }) => ({ dParams: {}, dInput: tanhSlope(x) }),
    }),
  },
  {
    name: '2 at zero',
    right: relus,
    wrong: reluWith((x) => where(greater(x, 0), one(x), where(equal(x, 0), mul(one(x), 2), 0))),
  },
  { name: 'every tie gets 1', right: rowMax(shared), wrong: rowMax((tied) => tied) },
  {
    name: 'the gradient of a loss not averaged',
    right: crossEntropy,
    wrong: altered(crossEntropy, ({ dParams, dInput }) => {
      const { logits } = dInput as { readonly logits: Tensor }
      return { dParams, dInput: { logits: mul(logits, logits.shape[0] ?? 1) } }
    }),
  },
  {
    name: 'no gradient at all',
    right: identity(),
    wrong: altered(identity(), ({ dInput }) => ({
      dParams: {},
      dInput: zeros([...(dInput as Tensor).shape], 'float64'),
    })),
  },
]

/** Other right gradients of layers with kinks. */
export const legitimate: readonly (readonly [name: string, layer: Net])[] = [
  ['relu, 0 at 0', relus],
  ['relu, 1 at 0', reluWith((x) => where(greaterEqual(x, 0), one(x), 0))],
  [
    'relu, a half at 0',
    reluWith((x) => where(greater(x, 0), one(x), where(equal(x, 0), mul(one(x), 0.5), 0))),
  ],
  ['ties shared', rowMax(shared)],
  ['core relu', relu()],
  [
    'relus that cancel',
    pointwise(
      (x) => sub(maximum(x, 0), maximum(mul(x, -1), 0)),
      (x) => add(cast(greater(x, 0), 'float64'), cast(less(x, 0), 'float64')),
    ),
  ],
  ['rounded to float32 inside', pointwise((x) => cast(tanh(cast(x, 'float32')), 'float64'), tanhSlope)],
]
