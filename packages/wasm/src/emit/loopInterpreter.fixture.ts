import type { Dtype, Loop, Reduction, Scalar, View } from '@pullback/core'

const rounded = (value: number, dtype: Dtype): number =>
  dtype === 'float32' ? Math.fround(value) : dtype === 'int32' ? value | 0 : value

const truncated = (value: number): number =>
  Number.isNaN(value) ? 0 : Math.trunc(Math.min(Math.max(value, -(2 ** 31)), 2 ** 31 - 1))

function computed(
  name: string,
  [a = Number.NaN, b = Number.NaN, c = Number.NaN]: readonly number[],
  dtype: Dtype,
): number {
  switch (name) {
    case 'add':
      return a + b
    case 'sub':
      return a - b
    case 'mul':
      return dtype === 'int32' ? Math.imul(a, b) : a * b
    case 'maximum':
      return Math.max(a, b)
    case 'minimum':
      return Math.min(a, b)
    case 'neg':
      return -a
    case 'abs':
      return Math.abs(a)
    case 'sign':
      return Math.sign(a)
    case 'floor':
      return Math.floor(a)
    case 'cast':
      return dtype === 'int32' ? truncated(a) : a
    case 'where':
      return a === 0 ? c : b
    default: {
      const holds = {
        equal: a === b,
        notEqual: a !== b,
        less: a < b,
        lessEqual: a <= b,
        greater: a > b,
        greaterEqual: a >= b,
      }
      return Number(holds[name as keyof typeof holds])
    }
  }
}

const placeOf = ({ offset, strides }: View, position: readonly number[]): number =>
  strides.reduce((sum, stride, axis) => sum + stride * (position[axis] ?? 0), offset)

function* positionsOf([size, ...rest]: readonly number[]): Generator<readonly number[]> {
  if (size === undefined) yield []
  else
    for (let first = 0; first < size; first++) for (const inner of positionsOf(rest)) yield [first, ...inner]
}

function valuesAt(
  { loads, code }: Loop,
  buffers: readonly number[][],
  position: readonly number[],
): readonly number[] {
  const values: number[] = []
  const of = (scalar: Scalar): number => {
    if (scalar.op === 'load') {
      const view = loads[scalar.view]
      return view === undefined ? Number.NaN : (buffers[view.buffer]?.[placeOf(view, position)] ?? Number.NaN)
    }
    if (scalar.op === 'constant') return scalar.value
    if (scalar.op === 'index') return position[scalar.axis] ?? Number.NaN
    return computed(
      scalar.op,
      scalar.operands.map((operand) => values[operand] ?? Number.NaN),
      scalar.dtype,
    )
  }
  for (const scalar of code) values.push(rounded(of(scalar), scalar.dtype))
  return values
}

const isBetter = (a: number, b: number) => a > b || (Number.isNaN(a) && !Number.isNaN(b))

/** A reduction of values in the order of their positions, and how far off a sum of them may be. */
function reducedTo(
  op: Reduction['op'],
  values: readonly number[],
  dtype: Dtype,
): { value: number; error: number } {
  if (op === 'max')
    return { value: Math.max(dtype === 'int32' ? -(2 ** 31) : -Infinity, ...values), error: 0 }
  if (op === 'min')
    return { value: Math.min(dtype === 'int32' ? 2 ** 31 - 1 : Infinity, ...values), error: 0 }
  if (op === 'argmax') {
    const best = values.reduce(
      (found, value, index) => (isBetter(value, values[found] ?? 0) ? index : found),
      0,
    )
    return { value: best, error: 0 }
  }
  if (dtype === 'int32') return { value: values.reduce((sum, value) => (sum + value) | 0, 0), error: 0 }
  const magnitude = values.reduce((sum, value) => sum + (Number.isFinite(value) ? Math.abs(value) : 0), 0)
  return {
    value: values.reduce((sum, value) => sum + value, 0),
    error: magnitude * (dtype === 'float32' ? 1e-5 : 1e-13),
  }
}

/** What a loop is to write: by buffer and place, the value and how far off it may be. */
export function wantedOf(
  loop: Loop,
  buffers: readonly number[][],
): Map<string, { value: number; error: number }> {
  const wanted = new Map<string, { value: number; error: number }>()
  const collected = loop.reductions.map(() => new Map<number, number[]>())
  const kept = loop.axes.map((size, axis) => (loop.reduced.includes(axis) ? 1 : size))
  for (const [index, { view }] of loop.reductions.entries())
    for (const position of positionsOf(kept)) collected[index]?.set(placeOf(view, position), [])
  for (const position of positionsOf(loop.axes)) {
    const values = valuesAt(loop, buffers, position)
    for (const { value, view } of loop.stores)
      wanted.set(`${view.buffer} ${placeOf(view, position)}`, {
        value: values[value] ?? Number.NaN,
        error: 0,
      })
    for (const [index, { value, view }] of loop.reductions.entries())
      collected[index]?.get(placeOf(view, position))?.push(values[value] ?? Number.NaN)
  }
  for (const [index, { op, value, view }] of loop.reductions.entries())
    for (const [place, values] of collected[index] ?? [])
      wanted.set(`${view.buffer} ${place}`, reducedTo(op, values, loop.code[value]?.dtype ?? 'float32'))
  return wanted
}
