import {
  add,
  div,
  initialConstant,
  initialZeros,
  layer,
  mean,
  mul,
  ones,
  parameter,
  signature,
  sqrt,
  square,
  sub,
  sum,
  zeros,
  type Net,
  type Tensor,
} from '@pullback/core'

const epsilon = 1e-5

/** Each row to mean 0 and variance 1, times gamma, plus beta. */
export const layerNorm = (D: number): Net =>
  layer({
    kind: 'layerNorm',
    shape: signature(`layerNorm(${D})`, ['N', D], ['N', D]),
    params: { gamma: parameter([D], initialConstant(1)), beta: parameter([D], initialZeros()) },
    forward: ({ gamma, beta }, x) => {
      const options = { axes: 1, keepDims: true }
      const centred = sub(x, mean(x, options))
      const deviation: Tensor = sqrt(add(mean(square(centred), options), epsilon))
      const normal: Tensor = div(centred, deviation)
      return { output: add(mul(normal, gamma), beta), cache: { normal, deviation } }
    },
    backward: ({ gamma }, { normal, deviation }, dOutput) => {
      const options = { axes: 1, keepDims: true }
      const dNormal: Tensor = mul(dOutput, gamma)
      const along = add(mean(dNormal, options), mul(normal, mean(mul(dNormal, normal), options)))
      return {
        dParams: { gamma: sum(mul(dOutput, normal), { axes: 0 }), beta: sum(dOutput, { axes: 0 }) },
        dInput: div(sub(dNormal, along), deviation),
      }
    },
  })

/** The mean over a batch, 0 for an empty one. */
const batchMean = (x: Tensor): Tensor => div(sum(x, { axes: 0 }), Math.max(x.shape[0] ?? 0, 1))

/** Each column to mean 0 and variance 1 over the batch; when predicting, by running statistics. */
export const batchNorm = (D: number): Net =>
  layer({
    kind: 'batchNorm',
    shape: signature(`batchNorm(${D})`, ['N', D], ['N', D]),
    params: { gamma: parameter([D], initialConstant(1)), beta: parameter([D], initialZeros()) },
    state: { mean: zeros([D], 'float64'), variance: ones([D], 'float64') },
    forward: ({ gamma, beta }, x, { mode, state }) => {
      const train = mode === 'train'
      const centre: Tensor = train ? batchMean(x) : state.mean
      const centred: Tensor = sub(x, centre)
      const variance: Tensor = train ? batchMean(square(centred)) : state.variance
      const deviation: Tensor = sqrt(add(variance, epsilon))
      const normal: Tensor = div(centred, deviation)
      const running = (old: Tensor, fresh: Tensor): Tensor => add(mul(old, 0.9), mul(fresh, 0.1))
      return {
        output: add(mul(normal, gamma), beta),
        cache: { normal, deviation, coupled: train ? add(mul(variance, 0), 1) : mul(variance, 0) },
        state: train
          ? { mean: running(state.mean, centre), variance: running(state.variance, variance) }
          : state,
      }
    },
    backward: ({ gamma }, { normal, deviation, coupled }, dOutput) => {
      const dNormal: Tensor = mul(dOutput, gamma)
      const along: Tensor = add(batchMean(dNormal), mul(normal, batchMean(mul(dNormal, normal))))
      return {
        dParams: { gamma: sum(mul(dOutput, normal), { axes: 0 }), beta: sum(dOutput, { axes: 0 }) },
        dInput: div(sub(dNormal, mul(coupled, along)), deviation),
      }
    },
  })
