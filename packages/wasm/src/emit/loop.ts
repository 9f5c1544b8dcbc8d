import type { Dtype, Loop } from '@pullback/core'
import { branchIf, i32, loop as again, nothing, op, sequence, when, type Code } from '../assembler/code.ts'
import type { FunctionBuilder } from '../assembler/module.ts'
import type { MathsLibrary } from '../maths/mathsLibrary.ts'
import { accumulatorOf } from './accumulators.ts'
import type { Addresses } from './addresses.ts'
import { elementsOf } from './elements.ts'
import { bytesOf, type LaneCount } from './lanes.ts'
import { counterCode, countedLoop, moved, origin, stridesOf, type Position, type Range } from './nest.ts'
import { valueOf, type OperationContext } from './operations.ts'
import { valuesOf } from './values.ts'

/** What the code of a kernel is emitted with. */
export interface EmitContext {
  readonly builder: FunctionBuilder
  readonly addresses: Addresses
  readonly maths: MathsLibrary
  readonly dtypeOf: (buffer: number) => Dtype
}

/** How many vector operations loops may be unrolled to. */
const mostUnrolled = 96
/** After how many steps of the innermost loop a sum is carried over into float64. */
const blockLength = 128

const lanesOf = ({ code, loads }: Loop, dtypeOf: (buffer: number) => Dtype): LaneCount =>
  code.some(({ dtype }) => dtype === 'float64') || loads.some(({ buffer }) => dtypeOf(buffer) === 'float64')
    ? 2
    : 4

/** The loop over steps of a range, carrying sums over after every block of steps. */
function inBlocks(
  { local }: FunctionBuilder,
  from: Code,
  to: Code,
  length: number,
  carry: Code,
  main: (from: Code, to: Code) => Code,
): Code {
  const begin = local('i32')
  const end = local('i32')
  const next = op('i32.add', begin.get, i32(length))
  const block = sequence(
    end.set(op('select', next, to, op('i32.lt_s', next, to))),
    main(begin.get, end.get),
    carry,
    begin.set(end.get),
  )
  return sequence(
    begin.set(from),
    when(
      op('i32.lt_s', begin.get, to),
      again((label) => sequence(block, branchIf(label, op('i32.lt_s', begin.get, to)))),
    ),
  )
}

const limited = (to: Code, whole: number): Code =>
  op('select', to, i32(whole), op('i32.lt_s', to, i32(whole)))

/**
 * The code of a loop: a nest in which the axis that is innermost in memory is taken in vectors and the reduced axes come
 * last. What does not change along an axis is computed before its loop.
 *
 * @param ranges which positions of some axes are visited, all of the others; ranges of the last axis begin and end at
 *   multiples of 4, or at its end
 */
export function emitLoop(
  context: EmitContext,
  loop: Loop,
  ranges: ReadonlyMap<number, Range> = new Map(),
): Code {
  const { builder, addresses, maths, dtypeOf } = context
  const { axes, code, loads, stores, reductions, reduced } = loop
  const lanes = lanesOf(loop, dtypeOf)
  const vectorAxis = axes.length - 1
  const isAcross = reduced.includes(vectorAxis)
  const kept = [...axes.keys()].filter((axis) => !reduced.includes(axis))
  const nest = [...kept, ...reduced]
  const views = [...loads, ...stores.map(({ view }) => view), ...reductions.map(({ view }) => view)]
  const strides = stridesOf(views.map((view) => [view, bytesOf(dtypeOf(view.buffer))]))
  const operations: OperationContext = { lanes, maths, local: () => builder.local('v128') }
  const elements = elementsOf(addresses, dtypeOf, strides, lanes, vectorAxis)
  const values = valuesOf(loop, nest, vectorAxis, elements, operations)
  const accumulators = reductions.map((reduction) => ({
    reduction,
    accumulator: accumulatorOf(reduction, loop, lanes, isAcross, operations),
  }))
  const carries = accumulators.flatMap(({ accumulator: { carry } }) => (carry === undefined ? [] : [carry]))
  const carry = carries.length === 0 ? nothing : sequence(...carries)
  const stepOf = (axis: number): number => (axis === vectorAxis ? lanes : 1)

  const innermost = (position: Position, count: number): Code => {
    const computed = values.compute(nest.length, position, count)
    const counter = counterCode(position, reduced.at(-1) ?? 0)
    const masked = isAcross && count < lanes ? count : undefined
    const result = builder.local('v128')
    return sequence(
      computed,
      ...stores.map(({ value, view }) =>
        sequence(result.set(valueOf(values.of(value))), elements.store(view, position, count, result.get)),
      ),
      ...accumulators.map(({ reduction, accumulator }) =>
        accumulator.add(values.of(reduction.value), counter, masked),
      ),
    )
  }

  const reduceFrom = (depth: number, position: Position, count: number): Code => {
    const result = builder.local('v128')
    return sequence(
      ...accumulators.map(({ accumulator }) => accumulator.begin),
      loopsFrom(depth, position, count),
      ...accumulators.map(({ reduction: { view }, accumulator }) =>
        sequence(accumulator.end(result), elements.store(view, position, isAcross ? 1 : count, result.get)),
      ),
    )
  }

  /** The code within the first `depth` loops of the nest. */
  const within = (depth: number, position: Position, count: number): Code => {
    if (depth === nest.length) return innermost(position, count)
    const computed = values.compute(depth, position, count)
    const isReduction = depth === kept.length && reductions.length > 0
    return sequence(
      computed,
      isReduction ? reduceFrom(depth, position, count) : loopsFrom(depth, position, count),
    )
  }

  const operationsFrom = (depth: number): number =>
    nest
      .slice(depth)
      .reduce(
        (product, axis) => product * Math.ceil((axes[axis] ?? 1) / stepOf(axis)),
        Math.max(code.length, 1),
      )

  const loopsFrom = (depth: number, position: Position, count: number): Code => {
    const axis = nest[depth] ?? 0
    const size = axes[axis] ?? 0
    const step = stepOf(axis)
    const whole = size - (size % step)
    const range = ranges.get(axis)
    const lanesInside = axis === vectorAxis ? lanes : count
    const isInnermost = depth === nest.length - 1
    const at = (by: number, of: number): Code => within(depth + 1, moved(position, strides, axis, by), of)
    const rest = (): Code => (whole === size ? nothing : at(whole, size - whole))
    if (range === undefined && operationsFrom(depth) <= mostUnrolled) {
      const bodies = Array.from({ length: whole / step }, (_, index) => at(index * step, lanesInside))
      return sequence(...bodies, rest(), isInnermost ? carry : nothing)
    }
    const main = (from: Code, to: Code): Code =>
      countedLoop(builder, position, strides, axis, { from, to }, step, (inside) =>
        within(depth + 1, inside, lanesInside),
      )
    const from = range?.from ?? i32(0)
    const to = range === undefined ? i32(whole) : limited(range.to, whole)
    const isLong = isInnermost && carry !== nothing && whole > step * blockLength
    const body = isLong
      ? inBlocks(builder, from, to, step * blockLength, carry, main)
      : sequence(main(from, to), isInnermost ? carry : nothing)
    return sequence(body, range === undefined ? rest() : when(op('i32.eq', range.to, i32(size)), rest()))
  }
  return within(0, origin(strides), lanes)
}
