import { op, shuffle32, shuffle64, type Code } from '../assembler/code.ts'
import { lanesOf, type Lanes } from './lanes.ts'

const upper = (vector: Code): Code => shuffle64([1, 1], vector, vector)

/** Two halves of two float64, as four float32. */
const demoted = (lower: Code, higher: Code): Code =>
  shuffle32([0, 1, 4, 5], op('f32x4.demote_f64x2_zero', lower), op('f32x4.demote_f64x2_zero', higher))

/**
 * A function of float32 computed in float64: half the lanes at a time, rounded to float32 at the end, which is all of
 * its error.
 */
export function inFloat64(
  lanes: Lanes,
  inputs: readonly Code[],
  body: (lanes: Lanes, ...inputs: readonly Code[]) => Code,
): Code {
  const { keep } = lanes
  const double = lanesOf(lanes, 'float64')
  const half = (part: (vector: Code) => Code) =>
    keep(body(double, ...inputs.map((input) => keep(op('f64x2.promote_low_f32x4', part(input))))))
  return demoted(
    half((vector) => vector),
    half(upper),
  )
}

/** A function of float64, of four int32: half the lanes at a time, truncated at the end. */
export function ofInt32(inputs: readonly Code[], call: (...inputs: readonly Code[]) => Code): Code {
  const half = (part: (vector: Code) => Code) =>
    op(
      'i32x4.trunc_sat_f64x2_s_zero',
      call(...inputs.map((input) => op('f64x2.convert_low_i32x4_s', part(input)))),
    )
  return shuffle32(
    [0, 1, 4, 5],
    half((vector) => vector),
    half(upper),
  )
}
