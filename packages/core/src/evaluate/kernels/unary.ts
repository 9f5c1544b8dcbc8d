import type { TypedArray } from '../../tensor/dtype.ts'
import { erf, sigmoid, truncateToInt32 } from './special.ts'

/** Writes the results of the first `n` elements of `a`. */
export type Loop1 = (out: TypedArray, a: TypedArray, n: number) => void

// Every loop is written out: one loop shared by all operations would call a function for every element, which costs
// several times what most of the operations do.
export const unaryLoops = {
  neg: (out, a, n) => {
    for (let k = 0; k < n; k++) out[k] = -a[k]!
  },
  abs: (out, a, n) => {
    for (let k = 0; k < n; k++) out[k] = Math.abs(a[k]!)
  },
  sign: (out, a, n) => {
    for (let k = 0; k < n; k++) out[k] = Math.sign(a[k]!)
  },
  floor: (out, a, n) => {
    for (let k = 0; k < n; k++) out[k] = Math.floor(a[k]!)
  },
  sqrt: (out, a, n) => {
    for (let k = 0; k < n; k++) out[k] = Math.sqrt(a[k]!)
  },
  exp: (out, a, n) => {
    for (let k = 0; k < n; k++) out[k] = Math.exp(a[k]!)
  },
  expm1: (out, a, n) => {
    for (let k = 0; k < n; k++) out[k] = Math.expm1(a[k]!)
  },
  log: (out, a, n) => {
    for (let k = 0; k < n; k++) out[k] = Math.log(a[k]!)
  },
  log1p: (out, a, n) => {
    for (let k = 0; k < n; k++) out[k] = Math.log1p(a[k]!)
  },
  sin: (out, a, n) => {
    for (let k = 0; k < n; k++) out[k] = Math.sin(a[k]!)
  },
  cos: (out, a, n) => {
    for (let k = 0; k < n; k++) out[k] = Math.cos(a[k]!)
  },
  tanh: (out, a, n) => {
    for (let k = 0; k < n; k++) out[k] = Math.tanh(a[k]!)
  },
  sigmoid: (out, a, n) => {
    for (let k = 0; k < n; k++) out[k] = sigmoid(a[k]!)
  },
  erf: (out, a, n) => {
    for (let k = 0; k < n; k++) out[k] = erf(a[k]!)
  },
} satisfies Record<string, Loop1>

/** Conversions by what they convert to. */
export const castLoops = {
  toFloat: (out, a) => out.set(a),
  toInt32: (out, a, n) => {
    for (let k = 0; k < n; k++) out[k] = truncateToInt32(a[k]!)
  },
} satisfies Record<string, Loop1>
