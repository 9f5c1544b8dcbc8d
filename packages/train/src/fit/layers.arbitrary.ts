import {
  add,
  cast,
  div,
  full,
  layer,
  less,
  mean,
  mul,
  randomUniform,
  reshape,
  sameShape,
  signature,
  sub,
  zeros,
  square,
  type Float,
} from '@pullback/core'

/** Sets half of the elements to 0 while training: a layer that draws random numbers. */
export const dropout = () =>
  layer({
    kind: 'dropout',
    shape: sameShape('dropout'),
    params: {},
    forward: (_, x, { mode, key }) => {
      const kept =
        mode === 'predict' ? full(x.shape, 0.5, x.dtype) : less(randomUniform(key, x.shape, x.dtype), 0.5)
      const mask = mul(cast(kept, x.dtype), 2)
      return { output: mul(x, mask), cache: { mask } }
    },
    backward: (_, { mask }, dOutput) => ({ dParams: {}, dInput: mul(dOutput, mask) }),
  })

/** Takes off the mean of the columns as it was before this step: a layer that carries state. */
export const centring = (columns: number, dtype: Float) =>
  layer({
    kind: 'centring',
    shape: signature('centring', ['N', columns], ['N', columns]),
    params: {},
    state: { mean: zeros([columns], dtype) },
    forward: (_, x, { mode, state }) => ({
      output: sub(x, state.mean),
      cache: {},
      state:
        mode === 'predict'
          ? state
          : { mean: add(mul(state.mean, 0.5), mul(mean(x, { axes: 0 }), 0.5)) as typeof state.mean },
    }),
    backward: (_params, _cache, dOutput) => ({ dParams: {}, dInput: dOutput }),
  })

/** Half the mean square of the difference between prediction and target: a loss without labels. */
export const meanSquare = () =>
  layer({
    kind: 'meanSquare',
    shape: signature('meanSquare', { prediction: ['N', 1], target: ['N', 1] }, []),
    params: {},
    forward: (_, { prediction, target }) => {
      const difference = sub(prediction, target)
      return { output: mul(mean(square(difference)), 0.5), cache: { difference } }
    },
    backward: (_, { difference }, dOutput) => {
      const dPrediction = mul(div(difference, difference.shape[0] ?? 1), dOutput)
      return { dParams: {}, dInput: { prediction: dPrediction, target: mul(dPrediction, -1) } }
    },
  })

/** The mean of the prediction: a loss whose gradient says which examples a step took. */
export const meanPrediction = () =>
  layer({
    kind: 'meanPrediction',
    shape: signature('meanPrediction', { prediction: ['N', 1] }, []),
    params: {},
    forward: (_, { prediction }) => ({ output: mean(prediction), cache: { prediction } }),
    backward: (_, { prediction }, dOutput) => ({
      dParams: {},
      dInput: { prediction: mul(div(add(mul(prediction, 0), 1), prediction.shape[0] ?? 1), dOutput) },
    }),
  })

/** The identity with a gradient of NaN: a finite loss with a bad gradient. */
export const brokenGradient = () =>
  layer({
    kind: 'brokenGradient',
    shape: sameShape('brokenGradient'),
    params: {},
    forward: (_, x) => ({ output: x, cache: {} }),
    backward: (_params, _cache, dOutput) => ({ dParams: {}, dInput: mul(dOutput, Number.NaN) }),
  })

/** The identity that remembers the key it was given last, and counts how often it was called. */
export const witness = () =>
  layer({
    kind: 'witness',
    shape: sameShape('witness'),
    params: {},
    state: { key: zeros([2], 'int32'), calls: zeros([], 'int32') },
    forward: (_, x, { key, state }) => ({
      output: x,
      cache: {},
      state: { key: reshape(key, [2]), calls: add(state.calls, 1) },
    }),
    backward: (_params, _cache, dOutput) => ({ dParams: {}, dInput: dOutput }),
  })
