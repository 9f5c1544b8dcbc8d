import type { BufferInfo, Dtype, Loop, Plan, Reduction, Scalar, Slot, Store, View } from '@pullback/core'
import * as fc from 'fast-check'

/** A plan of one loop, and the elements of its inputs, which are too many to print. */
export interface LoopPlan {
  readonly plan: Plan
  readonly loop: Loop
  readonly inputs: readonly (() => readonly number[])[]
}

const dtype = fc.constantFrom<Dtype[]>('float32', 'float64', 'int32')
const finite = [-2, -1.75, -1.25, -1, -0.75, -0.5, -0.25, -0, 0, 0.25, 0.5, 0.75, 1.25, 1.5, 2]
const integers = [-3, -2, -1, 0, 0, 1, 2, 3]
const extreme = {
  float32: [Number.NaN, Infinity, -Infinity, 2 ** 31],
  float64: [Number.NaN, Infinity, -Infinity, 2 ** 31],
  int32: [2 ** 31 - 1, -(2 ** 31), -(2 ** 31) + 1],
}

/** So many numbers, some of them extreme if they may be, from a seed. */
function elementsOf(of: Dtype, length: number, seed: number, mayBeExtreme: boolean): readonly number[] {
  const ordinary = of === 'int32' ? integers : finite
  let state = seed | 1
  return Array.from({ length }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9
    const from = mayBeExtreme && (state >>> 8) % 8 === 0 ? extreme[of] : ordinary
    return from[(state >>> 12) % from.length] ?? 0
  })
}

const binary = ['add', 'sub', 'mul', 'maximum', 'minimum'] as const
const comparisons = ['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'] as const
const unary = ['neg', 'abs', 'sign', 'floor'] as const

type Draw = fc.GeneratorValue

/** A number of an axis for each of so many, none twice. */
const orderOf = (draw: Draw, count: number): readonly number[] =>
  draw(() => fc.shuffledSubarray([...Array(count).keys()], { minLength: count, maxLength: count }))

/** Strides under which positions are distinct, in any order of the axes and any direction. */
function distinct(draw: Draw, sizes: readonly number[]): readonly number[] {
  const strides = sizes.map(() => 0)
  let stride = draw(() => fc.constantFrom(1, 1, 1, 2))
  for (const axis of orderOf(draw, sizes.length).toReversed()) {
    strides[axis] = draw(() => fc.constantFrom(1, 1, -1)) * stride
    stride *= Math.max(sizes[axis] ?? 1, 1)
  }
  return strides
}

const rowMajor = (sizes: readonly number[]): readonly number[] =>
  sizes.map((_, axis) => sizes.slice(axis + 1).reduce((product, size) => product * size, 1))

/** A view from as far on as its negative strides need, and how long its buffer must be. */
function viewOf(buffer: number, sizes: readonly number[], strides: readonly number[], before: number) {
  const reach = (sign: number) =>
    strides.reduce(
      (sum, stride, axis) => sum + Math.max(sign * stride, 0) * Math.max((sizes[axis] ?? 1) - 1, 0),
      0,
    )
  const offset = before + reach(-1)
  return { view: { buffer, offset, strides } satisfies View, length: offset + reach(1) + 1 }
}

function drawLoop(draw: Draw): LoopPlan {
  const rank = draw(() => fc.integer({ min: 1, max: 3 }))
  const size = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 11 }) }, fc.constantFrom(0, 1))
  const axes = Array.from({ length: rank }, () => draw(() => size))
  const isReducing = draw(() => fc.boolean())
  const from = draw(() => fc.nat(rank - 1))
  const until = draw(() => fc.integer({ min: from + 1, max: rank }))
  const reduced = isReducing ? [...axes.keys()].slice(from, until) : []
  // Long enough for sums in blocks.
  if (draw(() => fc.nat(2)) === 0)
    axes[draw(() => fc.constantFrom(...(isReducing ? reduced : axes.keys())))] = draw(() =>
      fc.constantFrom(300, 521),
    )
  const buffers: BufferInfo[] = []
  const inputs: (() => readonly number[])[] = []
  const slots: { inputs: Slot[]; outputs: Slot[] } = { inputs: [], outputs: [] }
  const bufferOf = (kind: 'input' | 'output', of: Dtype, length: number): number => {
    const list = slots[`${kind}s`]
    const buffer = buffers.push({ dtype: of, length, place: { kind, index: list.length } }) - 1
    list.push({ name: `${kind}${list.length}`, buffer, shape: [length], dtype: of })
    return buffer
  }

  const loads: View[] = []
  const code: Scalar[] = []
  for (let count = draw(() => fc.integer({ min: 1, max: 3 })); count > 0; count--) {
    const of = draw(() => dtype)
    const strides = draw(() => fc.boolean())
      ? rowMajor(axes)
      : axes.map(() => draw(() => fc.constantFrom(0, 0, 1, 1, 2, 3, -1, -2, 7)))
    const { view, length } = viewOf(
      buffers.length,
      axes,
      strides,
      draw(() => fc.nat(3)),
    )
    bufferOf('input', of, length)
    const [from, mayBeExtreme] = [draw(() => fc.nat()), draw(() => fc.boolean())]
    inputs.push(() => elementsOf(of, length, from, mayBeExtreme))
    code.push({ op: 'load', view: loads.push(view) - 1, dtype: of })
  }
  const any = (): number => draw(() => fc.nat(code.length - 1))
  const dtypeAt = (index: number): Dtype => code[index]?.dtype ?? 'float32'
  const push = (scalar: Scalar): number => code.push(scalar) - 1
  const as = (of: Dtype, index: number): number =>
    dtypeAt(index) === of ? index : push({ op: 'cast', operands: [index], dtype: of })
  for (let count = draw(() => fc.nat(6)); count > 0; count--) {
    const a = any()
    const of = dtypeAt(a)
    const kind = draw(() => fc.nat(6))
    if (kind === 0) push({ op: 'index', axis: draw(() => fc.nat(rank - 1)), dtype: draw(() => dtype) })
    else if (kind === 1) push({ op: draw(() => fc.constantFrom(...unary)), operands: [a], dtype: of })
    else if (kind === 2) {
      const b = as(of, any())
      push({ op: draw(() => fc.constantFrom(...comparisons)), operands: [a, b], dtype: 'int32' })
    } else if (kind === 3) {
      const [condition, then] = [as('int32', any()), as(of, any())]
      push({ op: 'where', operands: [condition, then, a], dtype: of })
    } else if (kind === 4)
      push({ op: 'constant', value: draw(() => fc.integer({ min: -2, max: 2 })), dtype: of })
    else push({ op: draw(() => fc.constantFrom(...binary)), operands: [a, as(of, any())], dtype: of })
  }

  const stores: Store[] = []
  for (
    let count = isReducing ? draw(() => fc.nat(1)) : draw(() => fc.integer({ min: 1, max: 2 }));
    count > 0;
    count--
  ) {
    const value = any()
    const { view, length } = viewOf(buffers.length, axes, distinct(draw, axes), 0)
    bufferOf('output', dtypeAt(value), length)
    stores.push({ value, view })
  }
  const reductions: Reduction[] = []
  if (isReducing)
    for (let count = draw(() => fc.integer({ min: 1, max: 3 })); count > 0; count--) {
      const value = any()
      const names: readonly Reduction['op'][] =
        reduced.length === 1 ? ['sum', 'sum', 'max', 'min', 'argmax'] : ['sum', 'sum', 'max', 'min']
      const name = draw(() => fc.constantFrom(...names))
      const kept = axes.map((length, axis) => (reduced.includes(axis) ? 1 : length))
      const strides = distinct(draw, kept).map((stride, axis) => (reduced.includes(axis) ? 0 : stride))
      const { view, length } = viewOf(buffers.length, kept, strides, 0)
      bufferOf('output', name === 'argmax' ? 'int32' : dtypeAt(value), length)
      reductions.push({ op: name, value, view })
    }
  const loop: Loop = { kind: 'loop', axes, loads, code, stores, reduced, reductions }
  return { loop, inputs, plan: { ...slots, carried: [], buffers, kernels: [loop], arenaBytes: 0 } }
}

/** Plans of one loop: all dtypes in one, strides of any sign, axes of size 0 and 1, reductions over any neighbours. */
export const anyLoopPlan: fc.Arbitrary<LoopPlan> = fc.gen().map(drawLoop)
