import { lane, op, sequence, type Code } from '../assembler/code.ts'
import type { FunctionReference } from '../assembler/module.ts'
import { inFloat64 } from './halves.ts'
import type { FloatType, Lanes } from './lanes.ts'
import { piHalvesInParts } from './piHalves.ts'
import { signOf } from './sign.ts'

// sin r = r + r^3 S(r^2) and cos r = 1 - r^2/2 + r^4 C(r^2) for |r| up to pi/4: FreeBSD's k_sin.c and k_cos.c, and for
// results of float32, where 1/2 is part of C, k_sindf.c and k_cosdf.c.
const sines: Readonly<Record<FloatType, readonly number[]>> = {
  float32: [
    -0.166666666416265235595, 0.0083333293858894631756, -0.000198393348360966317347,
    0.0000027183114939898219064,
  ],
  float64: [
    -1.66666666666666324348e-1, 8.33333333332248946124e-3, -1.98412698298579493134e-4,
    2.75573137070700676789e-6, -2.50507602534068634195e-8, 1.58969099521155010221e-10,
  ],
}
const cosines: Readonly<Record<FloatType, readonly number[]>> = {
  float32: [
    1, -0.49999999725103100312, 0.0416666233237390631894, -0.00138867637746099294692,
    0.0000243904487962774090654,
  ],
  float64: [
    4.16666666666666019037e-2, -1.38888888888741095749e-3, 2.48015872894767294178e-5,
    -2.75573143513906633035e-7, 2.0875723212981748279e-9, -1.13596475577881948265e-11,
  ],
}

/** x = q pi/2 + r + rest; the last two bits of `quadrant` are those of q. */
type Reduced = Readonly<Record<'quadrant' | 'r' | 'rest', Code>>

/** Where products of q and a part of pi/2 are no longer exact. */
const hugeFrom = 2 ** 20

/**
 * The reduction of W. J. Cody and W. Waite for numbers from 0 on, with three parts of pi/2; what the differences round
 * away is summed into the rest.
 */
function reduceModerate(lanes: Lanes, x: Code): Reduced {
  const { keep, add, sub, mul, number } = lanes
  const term = number(1.5 * 2 ** 52)
  const quadrant = keep(add(mul(x, number(2 / Math.PI)), term))
  const q = keep(sub(quadrant, term))
  let difference = x
  let lost = mul(q, number(-piHalvesInParts.rest))
  piHalvesInParts.parts.forEach((part, index) => {
    const product = keep(mul(q, number(part)))
    const next = keep(sub(difference, product))
    if (index > 0) {
      // Knuth's exact error of a difference.
      const taken = keep(sub(difference, next))
      lost = keep(add(lost, add(sub(difference, add(next, taken)), sub(taken, product))))
    }
    difference = next
  })
  const r = keep(add(difference, lost))
  return { quadrant, r, rest: keep(add(sub(difference, r), lost)) }
}

/** The reduction for numbers from 0 on, lane by lane where they are huge. */
function reduce(lanes: Lanes, x: Code, huge: FunctionReference): Reduced {
  const { and, less, number, assign, local, line } = lanes
  const reduced = reduceModerate(lanes, x)
  const isHuge = lanes.keep(and(less(number(hugeFrom), x), less(x, number(Number.POSITIVE_INFINITY))))
  lanes.when(lanes.any(isHuge), () => {
    const [r, rest, quadrant] = [local('f64'), local('f64'), local('i64')] as const
    const none = sequence()
    for (const index of [0, 1])
      lanes.when(op('i32.wrap_i64', lane('i64x2.extract_lane', index, isHuge)), () => {
        line(huge.call(lane('f64x2.extract_lane', index, x)))
        line(sequence(quadrant.set(none), rest.set(none), r.set(none)))
        assign(reduced.quadrant, lane('i64x2.replace_lane', index, reduced.quadrant, quadrant.get))
        assign(reduced.r, lane('f64x2.replace_lane', index, reduced.r, r.get))
        assign(reduced.rest, lane('f64x2.replace_lane', index, reduced.rest, rest.get))
      })
  })
  return reduced
}

/** The sine and the cosine of r + rest. */
function sineAndCosine(
  { keep, add, sub, mul, number, polynomial }: Lanes,
  { r, rest }: Reduced,
  digits: FloatType,
): Readonly<Record<'sine' | 'cosine', Code>> {
  const squared = keep(mul(r, r))
  const cube = keep(mul(squared, r))
  if (digits === 'float32')
    return {
      sine: add(r, mul(cube, polynomial(sines.float32, squared))),
      cosine: polynomial(cosines.float32, squared),
    }
  const [first, ...others] = sines.float64
  const higher = polynomial(others, squared)
  const inner = sub(mul(squared, sub(mul(rest, number(0.5)), mul(cube, higher))), rest)
  const half = keep(mul(squared, number(0.5)))
  const near = keep(sub(number(1), half))
  const series = mul(mul(squared, squared), polynomial(cosines.float64, squared))
  return {
    sine: sub(r, sub(inner, mul(cube, number(first ?? 0)))),
    cosine: add(near, add(sub(sub(number(1), near), half), sub(series, mul(r, rest)))),
  }
}

/** The sine of x + quarters pi/2, x not below 0, for results of so many digits. */
function shiftedSine(
  lanes: Lanes,
  x: Code,
  quarters: bigint,
  digits: FloatType,
  huge: FunctionReference,
): Code {
  const { keep, and, xor, bits, select, equalBits, addBits, shiftLeft } = lanes
  const reduced = reduce(lanes, x, huge)
  const quadrant = quarters === 0n ? reduced.quadrant : keep(addBits(reduced.quadrant, bits(quarters)))
  const { sine, cosine } = sineAndCosine(lanes, reduced, digits)
  const even = equalBits(and(quadrant, bits(1n)), bits(0n))
  return xor(select(even, sine, cosine), shiftLeft(and(quadrant, bits(2n)), 62))
}

const trigonometric =
  (quarters: bigint) =>
  (lanes: Lanes, x: Code, huge: FunctionReference): Code => {
    const magnitude = lanes.keep(lanes.abs(x))
    const { dtype } = lanes
    return dtype === 'float32'
      ? inFloat64(lanes, [magnitude], (halves, ...inputs) =>
          shiftedSine(halves, sequence(...inputs), quarters, dtype, huge),
        )
      : shiftedSine(lanes, magnitude, quarters, dtype, huge)
  }

/** The sine. */
export const sin = (lanes: Lanes, x: Code, huge: FunctionReference): Code =>
  lanes.xor(trigonometric(0n)(lanes, x, huge), signOf(lanes, x))

/** The cosine. */
export const cos: typeof sin = trigonometric(1n)
