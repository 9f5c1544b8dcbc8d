import {
  argmax,
  cast,
  gather,
  greater,
  int32,
  layer,
  less,
  max,
  maximum,
  mul,
  oneHot,
  parameter,
  randomUniform,
  reshape,
  sameShape,
  scatterAdd,
  signature,
  sub,
  sum,
  add,
  div,
  xavierNormal,
  type Net,
  type Tensor,
} from '@pullback/core'

/** The largest of every row; of several, the first has the gradient. */
export const rowMax = (D: number): Net =>
  layer({
    kind: 'rowMax',
    shape: signature(`rowMax(${D})`, ['N', D], ['N']),
    params: {},
    forward: (_, x) => ({ output: max(x, { axes: 1 }), cache: { x } }),
    backward: (_, { x }, dOutput) => ({
      dParams: {},
      dInput: mul(oneHot(argmax(x, 1), D, x.dtype), reshape(dOutput, [...dOutput.shape, 1])),
    }),
  })

/** Rows of a table by their numbers. */
export const embedding = (count: number, D: number): Net =>
  layer({
    kind: 'embedding',
    shape: signature(`embedding(${count}, ${D})`, int32('N'), ['N', D]),
    params: { table: parameter([count, D], xavierNormal()) },
    forward: ({ table }, indices) => ({ output: gather(table, indices), cache: { indices } }),
    backward: (_, { indices }, dOutput) => ({
      dParams: { table: scatterAdd(dOutput, indices as never, count) },
      dInput: undefined,
    }),
  })

/** The mean over a batch of the sum of max(0, s_j - s_y + 1) over the wrong classes. */
export const hinge = (C: number): Net =>
  layer({
    kind: 'hinge',
    shape: signature(`hinge(${C})`, { logits: ['N', C], labels: int32('N') }, []),
    params: {},
    forward: (_, { logits, labels }) => {
      const right = oneHot(labels, C, logits.dtype)
      const own = sum(mul(logits, right), { axes: 1, keepDims: true })
      const margins: Tensor = mul(add(sub(logits, own), 1), sub(1, right))
      const count = Math.max(logits.shape[0] ?? 0, 1)
      return { output: div(sum(maximum(margins, 0)), count), cache: { margins, right } }
    },
    backward: (_, { margins, right }, dOutput) => {
      const count = Math.max(margins.shape[0] ?? 0, 1)
      const over: Tensor = cast(greater(margins, 0), margins.dtype)
      const all = sum(over, { axes: 1, keepDims: true })
      return { dParams: {}, dInput: { logits: mul(div(sub(over, mul(right, all)), count), dOutput) } }
    },
  })

/** Zero with probability `rate`, else divided by 1 - rate; the identity when predicting. */
export const dropout = (rate: number): Net =>
  layer({
    kind: 'dropout',
    shape: sameShape(`dropout(${rate})`),
    params: {},
    forward: (_, x, { key, mode }) => {
      const kept = less(randomUniform(key, x.shape, 'float64'), 1 - rate)
      const scale: Tensor = mode === 'train' ? div(cast(kept, x.dtype), 1 - rate) : add(mul(x, 0), 1)
      return { output: mul(x, scale), cache: { scale } }
    },
    backward: (_, { scale }, dOutput) => ({ dParams: {}, dInput: mul(dOutput, scale) }),
  })
