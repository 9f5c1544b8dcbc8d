import { bytesPerElement, type Dtype, type TypedArray } from '../../tensor/dtype.ts'
import { reduceLoops } from '../../evaluate/kernels/reduce.ts'
import { erf, power, sigmoid, truncateToInt32 } from '../../evaluate/kernels/special.ts'
import { toArray } from '../../evaluate/evaluate.ts'
import { fromValues } from '../../tensor/construct.ts'
import { makeTensor } from '../../tensor/tensor.ts'
import type { Kernel, Loop, Matmul, Plan, Reduction, Scalar, UnaryOp, View } from '../plan.ts'
import { element } from './element.ts'

/** A plan that can be run, by loops as plain as can be. */
export interface Interpreted {
  readonly inputs: readonly TypedArray[]
  readonly outputs: readonly TypedArray[]
  /** Computes the outputs; throws what a check finds. */
  readonly run: () => void
  /** Moves each carried output to its input. */
  readonly carry: () => void
}

const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array } as const

const rounded = (value: number, dtype: Dtype): number =>
  dtype === 'float32' ? Math.fround(value) : dtype === 'int32' ? value | 0 : value

const unary: Record<UnaryOp, (x: number) => number> = {
  neg: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  floor: Math.floor,
  sqrt: Math.sqrt,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid,
  erf,
}

function binary(op: string, a: number, b: number, isInteger: boolean): number {
  switch (op) {
    case 'add':
      return a + b
    case 'sub':
      return a - b
    case 'mul':
      return isInteger ? Math.imul(a, b) : a * b
    case 'div':
      return isInteger ? (b === 0 ? 0 : Math.trunc(a / b)) : a / b
    case 'pow':
      return isInteger ? truncateToInt32(a ** b) : power(a, b)
    case 'maximum':
      return Math.max(a, b)
    case 'minimum':
      return Math.min(a, b)
    case 'equal':
      return Number(a === b)
    case 'notEqual':
      return Number(a !== b)
    case 'less':
      return Number(a < b)
    case 'lessEqual':
      return Number(a <= b)
    case 'greater':
      return Number(a > b)
    case 'greaterEqual':
      return Number(a >= b)
    default:
      throw new Error(`there is no ${op}`)
  }
}

type Loads = readonly number[]

function scalarOf(
  scalar: Scalar,
  done: readonly number[],
  loads: Loads,
  position: readonly number[],
): number {
  const { dtype } = scalar
  const operand = (index: number): number =>
    'operands' in scalar ? element(done, scalar.operands[index] ?? -1) : Number.NaN
  switch (scalar.op) {
    case 'load':
      return element(loads, scalar.view)
    case 'constant':
      return rounded(scalar.value, dtype)
    case 'index':
      return rounded(element(position, scalar.axis), dtype)
    case 'cast':
      return rounded(dtype === 'int32' ? truncateToInt32(operand(0)) : operand(0), dtype)
    case 'where':
      return operand(0) === 0 ? operand(2) : operand(1)
    default:
      if (scalar.operands.length === 1) return rounded(unary[scalar.op as UnaryOp](operand(0)), dtype)
      return rounded(binary(scalar.op, operand(0), operand(1), dtype === 'int32'), dtype)
  }
}

function* positionsOf(axes: readonly number[]): Generator<readonly number[]> {
  const [size, ...rest] = axes
  if (size === undefined) yield []
  else
    for (let first = 0; first < size; first++) for (const inner of positionsOf(rest)) yield [first, ...inner]
}

const placeOf = ({ offset, strides }: View, position: readonly number[]): number =>
  strides.reduce((sum, stride, axis) => sum + stride * element(position, axis), offset)

/** What a reduction has so far: all values, in the order of their positions along the reduced axes. */
type Collected = Map<number, number[]>

function reduceAll(op: Reduction['op'], values: readonly number[], dtype: Dtype, columns: 1 | 2): number {
  if (op === 'argmax')
    return values.reduce(
      (best, value, index) =>
        value > element(values, best) || (Number.isNaN(value) && !Number.isNaN(element(values, best)))
          ? index
          : best,
      0,
    )
  if (op === 'max') return values.reduce((most, value) => Math.max(most, value))
  if (op === 'min') return values.reduce((least, value) => Math.min(least, value))
  if (dtype === 'int32') return values.reduce((sum, value) => (sum + value) | 0, 0)
  // As the reference adds, which differs for columns: so that results are equal to the bit.
  const total = new Float64Array(columns)
  const repeated = Float64Array.from(values.flatMap((value) => Array.from(total, () => value)))
  reduceLoops.sum(total, repeated, 1, values.length, columns)
  return element(Array.from(total), 0)
}

function elementAt(array: TypedArray, place: number): number {
  const found = array[place]
  if (found === undefined) throw new Error(`element ${place} of ${array.length} is read`)
  return found
}

function write(array: TypedArray, place: number, value: number): void {
  if (place < 0 || place >= array.length) throw new Error(`element ${place} of ${array.length} is written`)
  array[place] = value
}

function runLoop(loop: Loop, buffers: readonly TypedArray[]): void {
  const { axes, loads, code, stores, reduced, reductions } = loop
  const collected = reductions.map((): Collected => new Map())
  const kept = axes.map((size, axis) => (reduced.includes(axis) ? 1 : size))
  for (const [index, { view }] of reductions.entries())
    for (const position of positionsOf(kept)) element(collected, index).set(placeOf(view, position), [])
  for (const position of positionsOf(axes)) {
    const loaded = loads.map((view) => elementAt(element(buffers, view.buffer), placeOf(view, position)))
    const done: number[] = []
    for (const scalar of code) done.push(scalarOf(scalar, done, loaded, position))
    for (const { value, view } of stores)
      write(element(buffers, view.buffer), placeOf(view, position), element(done, value))
    for (const [index, { value, view }] of reductions.entries())
      element(collected, index).get(placeOf(view, position))?.push(element(done, value))
  }
  const behind = axes.slice((reduced.at(-1) ?? 0) + 1)
  const columns = behind.every((size) => size === 1) ? 1 : 2
  for (const [index, { op, value, view }] of reductions.entries())
    for (const [place, values] of element(collected, index))
      write(element(buffers, view.buffer), place, reduceAll(op, values, element(code, value).dtype, columns))
}

function runMatmul(matmul: Matmul, buffers: readonly TypedArray[]): void {
  const { batch, m, n, k, a, b, out, dtype } = matmul
  const [left, right, result] = [a.buffer, b.buffer, out].map((buffer) => element(buffers, buffer))
  if (left === undefined || right === undefined || result === undefined)
    throw new Error('a buffer is missing')
  for (const [item, row, column] of positionsOf([batch, m, n]) as Iterable<[number, number, number]>) {
    let sum = 0
    for (let step = 0; step < k; step++) {
      const x = elementAt(left, a.offset + item * a.batchStride + row * a.rowStride + step * a.columnStride)
      const y = elementAt(
        right,
        b.offset + item * b.batchStride + step * b.rowStride + column * b.columnStride,
      )
      sum = dtype === 'int32' ? (sum + Math.imul(x, y)) | 0 : sum + x * y
    }
    write(result, (item * m + row) * n + column, sum)
  }
  if (matmul.epilogue) runLoop(matmul.epilogue, buffers)
}

const indexing = (
  kernel: Extract<Kernel, { kind: 'gather' | 'scatterAdd' }>,
  buffers: readonly TypedArray[],
) => {
  const { outer, count, inner, items } = kernel
  const [source, indices, out] = [kernel.source, kernel.indices, kernel.out].map((one) =>
    element(buffers, one),
  )
  if (source === undefined || indices === undefined || out === undefined)
    throw new Error('a buffer is missing')
  const sums = new Float64Array(out.length)
  for (const [group, item, column] of positionsOf([outer, items, inner]) as Iterable<
    [number, number, number]
  >) {
    const many = (group * count + elementAt(indices, item)) * inner + column
    const few = (group * items + item) * inner + column
    if (kernel.kind === 'gather') write(out, few, elementAt(source, many))
    else sums[many] = element([...sums.subarray(many, many + 1)], 0) + elementAt(source, few)
  }
  if (kernel.kind === 'scatterAdd') for (const [place, sum] of sums.entries()) write(out, place, sum)
}

function runKernel(kernel: Kernel, buffers: readonly TypedArray[]): void {
  switch (kernel.kind) {
    case 'loop':
      return runLoop(kernel, buffers)
    case 'matmul':
      return runMatmul(kernel, buffers)
    case 'gather':
    case 'scatterAdd':
      return indexing(kernel, buffers)
    case 'check': {
      const indices = element(buffers, kernel.indices)
      const position = indices.findIndex((index) => index < 0 || index >= kernel.size)
      if (position < 0) return
      throw new RangeError(
        `${kernel.what}: index ${indices[position]} at position ${position} is outside an axis of size ${kernel.size}`,
      )
    }
    case 'random': {
      const out = element(buffers, kernel.out)
      const key = fromValues(element(buffers, kernel.key), [2], 'int32')
      const stream = fromValues(element(buffers, kernel.stream), [], 'int32')
      const { distribution, dtype } = kernel
      out.set(
        toArray(makeTensor({ op: 'random', operands: [key, stream], distribution }, [out.length], dtype)),
      )
    }
  }
}

/** What nobody has written: not a number, or a number that nobody expects. */
const poison = (dtype: Dtype): number => (dtype === 'int32' ? -1_234_567 : Number.NaN)

/** Gets a plan ready to run; the arena is poisoned before every run, so that what is read before it is written shows. */
export function interpret(plan: Plan): Interpreted {
  const memory = new ArrayBuffer(plan.arenaBytes)
  const buffers = plan.buffers.map(({ dtype, length, place }): TypedArray => {
    if (place.kind === 'arena') {
      if (place.offset + length * bytesPerElement(dtype) > plan.arenaBytes)
        throw new Error('a buffer lies outside the arena')
      return new arrays[dtype](memory, place.offset, length)
    }
    return place.kind === 'constant' ? place.values : new arrays[dtype](length).fill(poison(dtype))
  })
  const inputs = plan.inputs.map(({ buffer }) => element(buffers, buffer))
  const outputs = plan.outputs.map(({ buffer }) => element(buffers, buffer))
  return {
    inputs,
    outputs,
    run: () => {
      new Uint8Array(memory).fill(0xff)
      for (const [index, output] of outputs.entries())
        if (!inputs.includes(output)) output.fill(poison(element(plan.outputs, index).dtype))
      for (const kernel of plan.kernels) runKernel(kernel, buffers)
    },
    carry: () => {
      const moved = plan.carried.map(({ output }) => element(outputs, output).slice())
      for (const [index, { input }] of plan.carried.entries())
        element(inputs, input).set(element(moved, index))
    },
  }
}
