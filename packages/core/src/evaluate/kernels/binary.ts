import type { TypedArray } from '../../tensor/dtype.ts'
import { power, truncateToInt32 } from './special.ts'

/** Writes `n` results from `k` on, reading `a` from `i` on in steps of `s` (1, or 0 for one element repeated), `b` from `j` on in steps of `t`. */
export type Loop2 = (
  out: TypedArray,
  k: number,
  n: number,
  a: TypedArray,
  i: number,
  s: number,
  b: TypedArray,
  j: number,
  t: number,
) => void

// Written out one by one for the reason given at the unary loops.
export const binaryLoops = {
  add: (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = a[i]! + b[j]!
  },
  sub: (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = a[i]! - b[j]!
  },
  mul: (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = a[i]! * b[j]!
  },
  div: (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = a[i]! / b[j]!
  },
  pow: (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = power(a[i]!, b[j]!)
  },
  maximum: (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = Math.max(a[i]!, b[j]!)
  },
  minimum: (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = Math.min(a[i]!, b[j]!)
  },
  equal: (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = a[i]! === b[j]! ? 1 : 0
  },
  notEqual: (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = a[i]! === b[j]! ? 0 : 1
  },
  less: (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = a[i]! < b[j]! ? 1 : 0
  },
  lessEqual: (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = a[i]! <= b[j]! ? 1 : 0
  },
  greater: (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = a[i]! > b[j]! ? 1 : 0
  },
  greaterEqual: (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = a[i]! >= b[j]! ? 1 : 0
  },
} satisfies Record<string, Loop2>

/** Where int32 differs from floats: products wrap, quotients truncate and division by zero gives 0. */
export const int32Loops = {
  mul: (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = Math.imul(a[i]!, b[j]!)
  },
  div: (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = b[j]! === 0 ? 0 : Math.trunc(a[i]! / b[j]!)
  },
  pow: (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = truncateToInt32(a[i]! ** b[j]!)
  },
} satisfies Record<string, Loop2>
