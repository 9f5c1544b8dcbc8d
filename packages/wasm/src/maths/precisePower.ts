import type { Code } from '../assembler/code.ts'
import { nearestInteger, scaling } from './exponent.ts'
import type { Lanes } from './lanes.ts'
import { exponentAndFraction, normal } from './log.ts'

// All of FreeBSD's e_pow.c. A number in two parts has in the first only as many digits as leave its products exact.
const logarithm = [
  5.99999999999994648725e-1, 4.28571428578550184252e-1, 3.33333329818377432918e-1, 2.72728123808534006489e-1,
  2.30660745775561754067e-1, 2.06975017800338417784e-1,
]
const exponential = [
  1.66666666666666019037e-1, -2.77777777770155933842e-3, 6.61375632143793436117e-5, -1.6533902205465251539e-6,
  4.13813679705723846039e-8,
]
/** log2 1.5. */
const log2OfBase = { high: 5.84962487220764160156e-1, low: 1.35003920212974897128e-8 }
/** 2 / (3 ln 2). */
const factor = {
  rounded: 9.61796693925975554329e-1,
  high: 9.61796700954437255859e-1,
  low: -7.02846165095275826516e-9,
}
const ln2 = {
  rounded: Math.LN2,
  high: 6.93147182464599609375e-1,
  low: -1.90465429995776804525e-9,
}

/** The bits of a number next to sqrt(3) / 2. */
const halfRootOf3 = 0x3febb67ae8584caan

interface Parts {
  readonly high: Code
  readonly low: Code
}

/** The first 21 digits behind the point. */
const highPart = (lanes: Lanes, x: Code): Code => lanes.keep(lanes.and(x, lanes.bits(-0x100000000n)))

/**
 * log2 x in two parts, for positive x. With x = 2^k m and b = 1 or 1.5, whichever is closer to m, and s = (m - b) / (m + b),
 * log2 x = k + log2 b + 2 / (3 ln 2) s (3 + s^2 + s^4 L(s^2)).
 */
function log2InParts(lanes: Lanes, x: Code): Parts {
  const { keep, add, sub, mul, div, number, and, less, not, select, polynomial } = lanes
  const { lifted, up } = normal(lanes, x)
  const { k, f } = exponentAndFraction(lanes, lifted, up, halfRootOf3)
  const m = keep(add(f, number(1)))
  const far = keep(not(less(m, number(Math.sqrt(1.5)))))
  const base = keep(select(far, number(1.5), number(1)))
  const difference = keep(sub(m, base))
  const sum = keep(add(m, base))
  const inverse = keep(div(number(1), sum))
  const s = keep(mul(difference, inverse))
  const sHigh = highPart(lanes, s)
  const sumHigh = highPart(lanes, sum)
  const sumLow = sub(m, sub(sumHigh, base))
  const sLow = keep(mul(inverse, sub(sub(difference, mul(sHigh, sumHigh)), mul(sHigh, sumLow))))

  const squared = keep(mul(s, s))
  const series = mul(mul(squared, squared), polynomial(logarithm, squared))
  const r = keep(add(series, mul(sLow, add(sHigh, s))))
  const squareHigh = keep(mul(sHigh, sHigh))
  const tHigh = highPart(lanes, add(add(squareHigh, number(3)), r))
  const tLow = sub(r, sub(sub(tHigh, number(3)), squareHigh))
  const u = keep(mul(sHigh, tHigh))
  const v = keep(add(mul(sLow, tHigh), mul(tLow, s)))
  const pHigh = highPart(lanes, add(u, v))
  const pLow = sub(v, sub(pHigh, u))
  const zHigh = keep(mul(number(factor.high), pHigh))
  const zLow = keep(
    add(
      add(mul(number(factor.low), pHigh), mul(pLow, number(factor.rounded))),
      and(far, number(log2OfBase.low)),
    ),
  )
  const ofBase = keep(and(far, number(log2OfBase.high)))
  const high = highPart(lanes, add(add(add(zHigh, zLow), ofBase), k))
  return { high, low: keep(sub(zLow, sub(sub(sub(high, k), ofBase), zHigh))) }
}

/** 2^(high + low). */
function exp2OfParts(lanes: Lanes, { high, low }: Parts): Code {
  const { keep, add, sub, mul, div, number, polynomial } = lanes
  const n = keep(nearestInteger(lanes, add(high, low)))
  const rest = keep(sub(high, n))
  const t = highPart(lanes, add(rest, low))
  const u = keep(mul(t, number(ln2.high)))
  const v = keep(add(mul(sub(low, sub(t, rest)), number(ln2.rounded)), mul(t, number(ln2.low))))
  const z = keep(add(u, v))
  const w = keep(sub(v, sub(z, u)))
  const squared = keep(mul(z, z))
  const c = keep(sub(z, mul(squared, polynomial(exponential, squared))))
  const r = sub(div(mul(z, c), sub(c, number(2))), add(w, mul(z, w)))
  const sum = keep(add(number(1), z))
  return scaling(lanes, n)(keep(add(sum, sub(sub(z, sub(sum, number(1))), r))))
}

/** x^y of float64, for positive x and y not above 2^65 in magnitude, with an error below 0.7 ulp. */
export function precisePower(lanes: Lanes, x: Code, y: Code): Code {
  const { keep, add, sub, mul, number, and, less } = lanes
  const log2 = log2InParts(lanes, x)
  const yHigh = highPart(lanes, y)
  const low = keep(add(mul(sub(y, yHigh), log2.high), mul(y, log2.low)))
  const high = keep(mul(yHigh, log2.high))
  // Beyond this the result is 0 or infinite.
  const end = number(1100)
  const within = lanes.atLeast(lanes.atMost(high, end), number(-1100))
  return exp2OfParts(lanes, {
    high: keep(within),
    low: keep(and(less(lanes.abs(high), end), low)),
  })
}
