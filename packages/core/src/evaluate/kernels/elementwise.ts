import type { TypedArray } from '../../tensor/dtype.ts'
import { erf, sigmoid, truncateToInt32 } from './special.ts'

/** Writes `n` results from `k` on, reading `a` from `i` on in steps of `s` (1, or 0 for one element repeated). */
export type Loop1 = (out: TypedArray, k: number, n: number, a: TypedArray, i: number, s: number) => void

/** As `Loop1`, with a second operand `b` read from `j` on in steps of `t`. */
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

const map =
  (f: (x: number) => number): Loop1 =>
  (out, k, n, a, i, s) => {
    for (const end = k + n; k < end; k++, i += s) out[k] = f(a[i]!)
  }

const zip =
  (f: (x: number, y: number) => number): Loop2 =>
  (out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = f(a[i]!, b[j]!)
  }

// The loops of the operations that training spends its time in are written out: a call for every element costs
// several times what the operation itself does.
export const unaryLoops = {
  neg: ((out, k, n, a, i, s) => {
    for (const end = k + n; k < end; k++, i += s) out[k] = -a[i]!
  }) satisfies Loop1,
  exp: ((out, k, n, a, i, s) => {
    for (const end = k + n; k < end; k++, i += s) out[k] = Math.exp(a[i]!)
  }) satisfies Loop1,
  abs: map(Math.abs),
  sign: map(Math.sign),
  floor: map(Math.floor),
  sqrt: map(Math.sqrt),
  expm1: map(Math.expm1),
  log: map(Math.log),
  log1p: map(Math.log1p),
  sin: map(Math.sin),
  cos: map(Math.cos),
  tanh: map(Math.tanh),
  sigmoid: map(sigmoid),
  erf: map(erf),
} satisfies Record<string, Loop1>

/** Conversions by what they convert to. */
export const castLoops = {
  toFloat: map((x) => x),
  toInt32: map(truncateToInt32),
} satisfies Record<string, Loop1>

export const binaryLoops = {
  add: ((out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = a[i]! + b[j]!
  }) satisfies Loop2,
  sub: ((out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = a[i]! - b[j]!
  }) satisfies Loop2,
  mul: ((out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = a[i]! * b[j]!
  }) satisfies Loop2,
  div: ((out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = a[i]! / b[j]!
  }) satisfies Loop2,
  maximum: ((out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = Math.max(a[i]!, b[j]!)
  }) satisfies Loop2,
  minimum: zip(Math.min),
  pow: zip(Math.pow),
  equal: zip((x, y) => (x === y ? 1 : 0)),
  notEqual: zip((x, y) => (x === y ? 0 : 1)),
  less: zip((x, y) => (x < y ? 1 : 0)),
  lessEqual: zip((x, y) => (x <= y ? 1 : 0)),
  greater: ((out, k, n, a, i, s, b, j, t) => {
    for (const end = k + n; k < end; k++, i += s, j += t) out[k] = a[i]! > b[j]! ? 1 : 0
  }) satisfies Loop2,
  greaterEqual: zip((x, y) => (x >= y ? 1 : 0)),
} satisfies Record<string, Loop2>

/** Where int32 differs from floats: products wrap, quotients truncate and division by zero gives 0. */
export const int32Loops = {
  mul: zip(Math.imul),
  div: zip((x, y) => (y === 0 ? 0 : Math.trunc(x / y))),
  pow: zip((x, y) => truncateToInt32(x ** y)),
} satisfies Record<string, Loop2>

/** Where a loop reads an operand: from a position on, in steps of 1 or 0. */
export interface Source {
  readonly data: TypedArray
  readonly from: number
  readonly step: number
}

/** Writes `n` results from `k` on: `yes` where `choose` is not 0, `no` elsewhere. */
export function whereLoop(
  out: TypedArray,
  k: number,
  n: number,
  choose: Source,
  yes: Source,
  no: Source,
): void {
  let c = choose.from
  let i = yes.from
  let j = no.from
  for (const end = k + n; k < end; k++, c += choose.step, i += yes.step, j += no.step)
    out[k] = choose.data[c]! === 0 ? no.data[j]! : yes.data[i]!
}
