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
/** How many vectors of a reduction are taken side by side, so that no sum waits for the one before. */
function sideBySide({ reductions, code }: Loop): number {
  if (reductions.length === 0 || code.length > 16) return 1
  return code.length > 8 ? 2 : code.length > 3 ? 4 : 8
}
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
 *   multiples of the lanes of the loop, or at its end
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
  const stepOf = (axis: number): number => (axis === vectorAxis ? lanes : 1)
  const operationsFrom = (depth: number): number =>
    nest
      .slice(depth)
      .reduce(
        (product, axis) => product * Math.ceil((axes[axis] ?? 1) / stepOf(axis)),
        Math.max(code.length, 1),
      )
  const vectorDepth = nest.indexOf(vectorAxis)
  const width =
    ranges.has(vectorAxis) || operationsFrom(vectorDepth) <= mostUnrolled
      ? 1
      : Math.min(sideBySide(loop), Math.floor((axes[vectorAxis] ?? 0) / (isAcross ? 4 * lanes : lanes)) || 1)
  const first = valuesOf(loop, nest, vectorAxis, elements, operations)
  /** What there is for each of the vectors that are side by side. */
  const vectors = Array.from({ length: width }, (_, index) => ({
    values: index === 0 ? first : valuesOf(loop, nest, vectorAxis, elements, operations, first),
    besides: (position: Position) =>
      index === 0 ? position : moved(position, strides, vectorAxis, index * lanes),
    accumulators: reductions.map((reduction) => accumulatorOf(reduction, loop, lanes, isAcross, operations)),
  }))
  const carries = vectors.flatMap(({ accumulators }) => accumulators.flatMap(({ carry }) => carry ?? []))
  const carry = carries.length === 0 ? nothing : sequence(...carries)

  const innermost = (position: Position, count: number, wide: number): Code => {
    const masked = isAcross && count < lanes ? count : undefined
    const result = builder.local('v128')
    return sequence(
      ...vectors.slice(0, wide).map(({ values, besides, accumulators }) => {
        const at = besides(position)
        const counter = counterCode(at, reduced.at(-1) ?? 0)
        return sequence(
          values.compute(nest.length, at, count),
          ...stores.map(({ value, view }) =>
            sequence(result.set(valueOf(values.of(value))), elements.store(view, at, count, result.get)),
          ),
          ...reductions.map(
            ({ value }, index) => accumulators[index]?.add(values.of(value), counter, masked) ?? nothing,
          ),
        )
      }),
    )
  }

  const reduceFrom = (depth: number, position: Position, count: number, wide: number): Code => {
    const result = builder.local('v128')
    const used = isAcross ? vectors : vectors.slice(0, wide)
    const [one, ...others] = isAcross ? vectors : []
    const merged = reductions.flatMap((_, index) =>
      others.map(({ accumulators }) => {
        const other = accumulators[index]
        return other === undefined ? nothing : (one?.accumulators[index]?.merge(other) ?? nothing)
      }),
    )
    const ended = (one === undefined ? used : [one]).flatMap(({ besides, accumulators }) =>
      reductions.map(({ view }, index) =>
        sequence(
          accumulators[index]?.end(result) ?? nothing,
          elements.store(view, besides(position), isAcross ? 1 : count, result.get),
        ),
      ),
    )
    return sequence(
      ...used.flatMap(({ accumulators }) => accumulators.map(({ begin }) => begin)),
      loopsFrom(depth, position, count, wide),
      ...merged,
      ...ended,
    )
  }

  /** The code within the first `depth` loops of the nest, for so many vectors side by side. */
  const within = (depth: number, position: Position, count: number, wide: number): Code => {
    if (depth === nest.length) return innermost(position, count, wide)
    const computed = vectors
      .slice(0, wide)
      .map(({ values, besides }) => values.compute(depth, besides(position), count))
    const isReduction = depth === kept.length && reductions.length > 0
    const inside = isReduction ? reduceFrom : loopsFrom
    return sequence(...computed, inside(depth, position, count, wide))
  }

  const loopsFrom = (depth: number, position: Position, count: number, wide: number): Code => {
    const axis = nest[depth] ?? 0
    const size = axes[axis] ?? 0
    const step = stepOf(axis)
    const whole = size - (size % step)
    const range = ranges.get(axis)
    const lanesInside = axis === vectorAxis ? lanes : count
    const isInnermost = depth === nest.length - 1
    const at = (by: number, of: number): Code =>
      within(depth + 1, moved(position, strides, axis, by), of, wide)
    const rest = (): Code => (whole === size ? nothing : at(whole, size - whole))
    if (range === undefined && operationsFrom(depth) <= mostUnrolled) {
      const bodies = Array.from({ length: whole / step }, (_, index) => at(index * step, lanesInside))
      return sequence(...bodies, rest(), isInnermost ? carry : nothing)
    }
    const steps =
      (many: number) =>
      (from: Code, to: Code): Code =>
        countedLoop(
          builder,
          position,
          strides,
          axis,
          { from, to },
          step * (axis === vectorAxis ? many : 1),
          (inside) => within(depth + 1, inside, lanesInside, many),
        )
    const blocks = (many: number, from: Code, to: Code, length: number): Code =>
      isInnermost && carry !== nothing && length > step * many * blockLength
        ? inBlocks(builder, from, to, step * many * blockLength, carry, steps(many))
        : sequence(steps(many)(from, to), isInnermost ? carry : nothing)
    if (axis === vectorAxis && width > 1) {
      const inWide = whole - (whole % (step * width))
      return sequence(
        blocks(width, i32(0), i32(inWide), inWide),
        inWide === whole ? nothing : blocks(1, i32(inWide), i32(whole), whole - inWide),
        rest(),
      )
    }
    const from = range?.from ?? i32(0)
    const to = range === undefined ? i32(whole) : limited(range.to, whole)
    const body = blocks(wide, from, to, whole)
    return sequence(body, range === undefined ? rest() : when(op('i32.eq', range.to, i32(size)), rest()))
  }
  return within(0, origin(strides), lanes, 1)
}
