import {
  argmax,
  div,
  evaluate,
  exp,
  max,
  predict,
  slice,
  sub,
  sum,
  toArray,
  type Net,
  type Tensor,
  type TreeRecord,
} from '@pullback/core'

const chunk = 1000

/** For every row of some features, the class that a net finds likeliest and how likely it finds it. */
export interface Predictions {
  readonly classes: Int32Array
  /** From 1 / C to 1. */
  readonly confidences: Float64Array
}

/** The classes that a net predicts for features `[N, D]`. */
export function predictions(net: Net, params: TreeRecord, features: Tensor): Predictions {
  const count = features.shape[0] ?? 0
  const classes = new Int32Array(count)
  const confidences = new Float64Array(count)
  for (let from = 0; from < count; from += chunk) {
    const rows = slice(features, [from, Math.min(from + chunk, count)])
    const logits = predict(net)(params, rows) as Tensor
    const powers = exp(sub(logits, max(logits, { axes: 1, keepDims: true })))
    const found = evaluate({
      classes: argmax(logits),
      confidences: div(1, sum(powers, { axes: 1 })),
    })
    classes.set(toArray(found.classes), from)
    confidences.set(toArray(found.confidences), from)
  }
  return { classes, confidences }
}
