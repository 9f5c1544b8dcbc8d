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

/** The bits of 1 and of a number next to sqrt(1/2). */
const patterns: Readonly<Record<FloatType, { readonly one: bigint; readonly root: bigint }>> = {
  float32: { one: 0x3f800000n, root: 0x3f3504f3n },
  float64: { one: 0x3ff0000000000000n, root: 0x3fe6a09e667f3bcdn },
}

/** k and f with x = 2^k (1 + f) and 1 + f between sqrt(1/2) and sqrt(2); x positive and normal. */
export function exponentAndFraction(
  lanes: Lanes,
  x: Code,
  shift: Code = lanes.number(0),
): Readonly<Record<'k' | 'f', Code>> {
  const { keep, sub, number, bits, addBits, and, or, shiftRight, digits, bias, dtype } = lanes
  const { one, root } = patterns[dtype]
  const moved = keep(addBits(x, bits(one - root)))
  // The exponent as the last bits of 2^digits, a number.
  const exponent = or(shiftRight(moved, digits), number(2 ** digits))
  return {
    k: keep(sub(sub(exponent, number(2 ** digits + bias)), shift)),
    f: keep(sub(addBits(and(moved, bits((1n << BigInt(digits)) - 1n)), bits(root)), number(1))),
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
  const { keep, mul, number, less, select, and, digits, bias } = lanes
  const normal = 2 ** (1 - bias)
  const subnormal = keep(less(x, number(normal)))
  const up = digits + 2
  const lifted = keep(select(subnormal, mul(x, number(2 ** up)), x))
  const { k, f } = exponentAndFraction(lanes, lifted, and(subnormal, number(up)))
  const result = logOfParts(lanes, k, f)
  const ordinary = and(lanes.less(number(0), x), less(x, number(Number.POSITIVE_INFINITY)))
  lanes.when(lanes.any(lanes.not(ordinary)), () => {
    // The square root is NaN and infinite where the logarithm is.
    const special = select(lanes.equal(x, number(0)), number(Number.NEGATIVE_INFINITY), lanes.sqrt(x))
    lanes.assign(result, select(ordinary, result, special))
  })
  return result
}
