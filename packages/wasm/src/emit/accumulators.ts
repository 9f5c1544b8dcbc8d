import type { Dtype, Loop, Reduction } from '@pullback/core'
import {
  f64x2,
  i32Lanes,
  i32x4,
  nothing,
  op,
  sequence,
  shuffle32,
  shuffle64,
  type Code,
} from '../assembler/code.ts'
import type { Local } from '../assembler/module.ts'
import { constantVector, narrowMask, vectorType, type LaneCount } from './lanes.ts'
import { firstLanes, positions, valueOf, type Operand, type OperationContext } from './operations.ts'

/** What a reduction holds while the loops over the reduced axes run. */
export interface Accumulator {
  readonly begin: Code
  /**
   * Takes in one more vector.
   *
   * @param counter the position on the last of the reduced axes
   * @param isMasked how many lanes count, if not all
   */
  readonly add: (value: Operand, counter: Code, masked: number | undefined) => Code
  /** Carries a sum over into float64, where that is needed. */
  readonly carry: Code | undefined
  /** What it holds: of accumulators of the same reduction, one can take in what another holds. */
  readonly held: readonly Local[]
  readonly merge: (other: Accumulator) => Code
  /** Leaves the result in the first lane, or one in every lane, of a local. */
  readonly end: (result: Local) => Code
}

interface Form {
  readonly dtype: Dtype
  readonly lanes: LaneCount
  /** Whether the lanes are positions on the reduced axis, to be reduced to one in the end. */
  readonly isAcross: boolean
}

const halves = (vector: Code): Code => shuffle64([1, 0], vector, vector)
const neighbours = (vector: Code): Code => shuffle32([1, 0, 3, 2], vector, vector)

const rotations = ({ dtype, lanes }: Form): readonly ((vector: Code) => Code)[] => {
  if (dtype === 'float64') return [halves]
  return lanes === 2 ? [neighbours] : [halves, neighbours]
}

/** Folds the lanes of a local into its first. */
const foldLanes = (form: Form, held: Local, combine: (a: Code, b: Code) => Code): Code =>
  form.isAcross
    ? sequence(...rotations(form).map((rotate) => held.set(combine(held.get, rotate(held.get)))))
    : sequence()

function simple(form: Form, name: string, neutral: number, { local }: OperationContext): Accumulator {
  const { dtype } = form
  const held = local()
  const combine = (a: Code, b: Code) => op(name, a, b)
  const empty = constantVector(dtype, neutral)
  return {
    begin: held.set(empty),
    add(value, _, masked) {
      const vector = valueOf(value)
      const kept =
        masked === undefined ? vector : op('v128.bitselect', vector, empty, firstLanes(dtype, masked))
      return held.set(combine(held.get, kept))
    },
    carry: undefined,
    held: [held],
    merge: ({ held: [other] }) => (other === undefined ? nothing : held.set(combine(held.get, other.get))),
    end: (result) => sequence(foldLanes(form, held, combine), result.set(held.get)),
  }
}

/** The sum of many float32 numbers: runs of them in float32, the sums of runs in float64. */
function blockedSum(form: Form, context: OperationContext): Accumulator {
  const run = simple({ ...form, isAcross: false }, 'f32x4.add', 0, context)
  const ofRun = context.local()
  const low = context.local()
  const high = context.local()
  const upper = halves(ofRun.get)
  const carry = sequence(
    run.end(ofRun),
    low.set(op('f64x2.add', low.get, op('f64x2.promote_low_f32x4', ofRun.get))),
    form.lanes === 4 ? high.set(op('f64x2.add', high.get, op('f64x2.promote_low_f32x4', upper))) : sequence(),
    run.begin,
  )
  const total = op('f64x2.add', low.get, high.get)
  return {
    begin: sequence(run.begin, low.set(f64x2(0)), high.set(f64x2(0))),
    add: run.add,
    carry,
    held: [low, high],
    merge: ({ carry: last = nothing, held: [otherLow, otherHigh] }) =>
      otherLow === undefined || otherHigh === undefined
        ? nothing
        : sequence(
            last,
            low.set(op('f64x2.add', low.get, otherLow.get)),
            high.set(op('f64x2.add', high.get, otherHigh.get)),
          ),
    end: (result) =>
      sequence(
        carry,
        form.isAcross
          ? sequence(
              low.set(total),
              result.set(op('f32x4.demote_f64x2_zero', op('f64x2.add', low.get, halves(low.get)))),
            )
          : result.set(
              shuffle32(
                [0, 1, 4, 5],
                op('f32x4.demote_f64x2_zero', low.get),
                op('f32x4.demote_f64x2_zero', high.get),
              ),
            ),
      ),
  }
}

const isNaNCode = (dtype: Dtype, x: Code): Code =>
  dtype === 'int32' ? i32x4(0) : op(`${vectorType(dtype)}.ne`, x, x)

/** The first position of the largest element, NaN being largest. */
function position(form: Form, context: OperationContext): Accumulator {
  const { dtype, isAcross } = form
  const best = context.local()
  const at = context.local()
  const value = context.local()
  const place = context.local()
  const better = context.local()
  const larger = (a: Code, b: Code) => op(`${vectorType(dtype)}.gt${dtype === 'int32' ? '_s' : ''}`, a, b)
  const narrowed = dtype === 'float64' ? narrowMask(better.get) : better.get
  const take = sequence(
    best.set(op('v128.bitselect', value.get, best.get, better.get)),
    at.set(op('v128.bitselect', place.get, at.get, narrowed)),
  )
  const isLarger = op(
    'v128.or',
    larger(value.get, best.get),
    op('v128.andnot', isNaNCode(dtype, value.get), isNaNCode(dtype, best.get)),
  )
  const isEarlier = op('i32x4.lt_s', place.get, at.get)
  const earlier = dtype === 'float64' ? op('i64x2.extend_low_i32x4_s', isEarlier) : isEarlier
  const isTied = op(
    'v128.or',
    op(`${vectorType(dtype)}.eq`, value.get, best.get),
    op('v128.and', isNaNCode(dtype, value.get), isNaNCode(dtype, best.get)),
  )
  const inLanes = i32Lanes(0, 1, 2, 3)
  const takeEarliest = sequence(better.set(op('v128.or', isLarger, op('v128.and', isTied, earlier))), take)
  return {
    begin: sequence(
      best.set(constantVector(dtype, dtype === 'int32' ? -(2 ** 31) : -Infinity)),
      at.set(isAcross ? inLanes : i32x4(0)),
    ),
    add: (added, counter, masked) =>
      sequence(
        value.set(valueOf(added)),
        place.set(positions('int32', counter, isAcross)),
        better.set(masked === undefined ? isLarger : op('v128.and', isLarger, firstLanes(dtype, masked))),
        take,
      ),
    carry: undefined,
    held: [best, at],
    merge: ({ held: [otherBest, otherAt] }) =>
      otherBest === undefined || otherAt === undefined
        ? nothing
        : sequence(value.set(otherBest.get), place.set(otherAt.get), takeEarliest),
    end: (result) =>
      sequence(
        ...(isAcross ? rotations(form) : []).map((rotate) =>
          sequence(
            value.set(rotate(best.get)),
            place.set(dtype === 'float64' ? shuffle32([1, 0, 2, 3], at.get, at.get) : rotate(at.get)),
            takeEarliest,
          ),
        ),
        result.set(at.get),
      ),
  }
}

/** Sums of float32 over more elements than this are taken in blocks. */
const longestRun = 256

export function accumulatorOf(
  { op: name, value }: Reduction,
  loop: Loop,
  lanes: LaneCount,
  isAcross: boolean,
  context: OperationContext,
): Accumulator {
  const dtype = loop.code[value]?.dtype ?? 'float32'
  const form: Form = { dtype, lanes, isAcross }
  if (name === 'argmax') return position(form, context)
  if (name === 'sum') {
    const count = loop.reduced.reduce((product, axis) => product * (loop.axes[axis] ?? 1), 1)
    return dtype === 'float32' && count > longestRun
      ? blockedSum(form, context)
      : simple(form, `${vectorType(dtype)}.add`, 0, context)
  }
  if (dtype === 'int32')
    return simple(form, `i32x4.${name}_s`, name === 'max' ? -(2 ** 31) : 2 ** 31 - 1, context)
  return simple(form, `${vectorType(dtype)}.${name}`, name === 'max' ? -Infinity : Infinity, context)
}
