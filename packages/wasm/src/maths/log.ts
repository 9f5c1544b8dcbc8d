import type { Code } from '../assembler/code.ts'
import { ln2 } from './exponent.ts'
import type { FloatType, Lanes } from './lanes.ts'

// log(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2)), s = f / (2 + f): FreeBSD's e_log.c and e_logf.c.
const coefficients: Readonly<Record<FloatType, readonly number[]>> = {
  float32: [0.66666662693, 0.40000972152, 0.28498786688, 0.24279078841],
  float64: [
    6.66666666666673513e-1, 3.999999999940941908e-1, 2.857142874366239149e-1, 2.222219843214978396e-1,
    1.818357216161805012e-1, 1.531383769920937332e-1, 1.479819860511658591e-1,
  ],
}

const one: Readonly<Record<FloatType, bigint>> = { float32: 0x3f800000n, float64: 0x3ff0000000000000n }

/** The bits of a number next to sqrt(1/2). */
const root: typeof one = { float32: 0x3f3504f3n, float64: 0x3fe6a09e667f3bcdn }

/** x times a power of two that makes it normal, and the exponent of that power: 0 where it is normal. x not below 0. */
export function normal(lanes: Lanes, x: Code): Readonly<Record<'lifted' | 'up', Code>> {
  const { keep, mul, number, less, select, and, digits, bias } = lanes
  const subnormal = keep(less(x, number(2 ** (1 - bias))))
  const up = digits + 2
  return {
    lifted: keep(select(subnormal, mul(x, number(2 ** up)), x)),
    up: and(subnormal, number(up)),
  }
}

/**
 * k and f with x = 2^(k + up) (1 + f), where 1 + f is not below the number with the bits `from`, between 1/2 and 1, nor
 * above its double; x positive and normal.
 */
export function exponentAndFraction(
  lanes: Lanes,
  x: Code,
  up: Code = lanes.number(0),
  from: bigint = root[lanes.dtype],
): Readonly<Record<'k' | 'f', Code>> {
  const { keep, sub, number, bits, addBits, and, or, shiftRight, digits, bias, dtype } = lanes
  const moved = keep(addBits(x, bits(one[dtype] - from)))
  // The exponent as the last bits of 2^digits, a number.
  const exponent = or(shiftRight(moved, digits), number(2 ** digits))
  return {
    k: keep(sub(sub(exponent, number(2 ** digits + bias)), up)),
    f: keep(sub(addBits(and(moved, bits((1n << BigInt(digits)) - 1n)), bits(from)), number(1))),
  }
}

/** k ln 2 + log(1 + f) + c, c much smaller than one. */
export function logOfParts(lanes: Lanes, k: Code, f: Code, c?: Code): Code {
  const { keep, add, sub, mul, div, number, polynomial, dtype } = lanes
  const { high, low } = ln2[dtype]
  const s = keep(div(f, add(f, number(2))))
  const squared = keep(mul(s, s))
  const halfSquare = keep(mul(mul(f, number(0.5)), f))
  const series = mul(squared, polynomial(coefficients[dtype], squared))
  const lowPart = mul(k, number(low))
  const small = add(mul(s, add(series, halfSquare)), c === undefined ? lowPart : add(lowPart, c))
  return keep(sub(mul(k, number(high)), sub(sub(halfSquare, small), f)))
}

/** The natural logarithm; -Infinity at 0, NaN below. */
export function log(lanes: Lanes, x: Code): Code {
  const { number, less, select } = lanes
  const { lifted, up } = normal(lanes, x)
  const { k, f } = exponentAndFraction(lanes, lifted, up)
  const result = logOfParts(lanes, k, f)
  const ordinary = lanes.and(less(number(0), x), less(x, number(Number.POSITIVE_INFINITY)))
  lanes.when(lanes.any(lanes.not(ordinary)), () => {
    // The square root is NaN and infinite where the logarithm is.
    const special = select(lanes.equal(x, number(0)), number(Number.NEGATIVE_INFINITY), lanes.sqrt(x))
    lanes.assign(result, select(ordinary, result, special))
  })
  return result
}
