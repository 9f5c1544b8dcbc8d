import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { errorInUlps } from './errorInUlps.ts'
import { distance, erf, exp, fixed, log, one, pi, sin } from './fixedPoint.fixture.ts'
import type { MathsOp } from './mathsLibrary.ts'
import { numbers } from './numbers.arbitrary.ts'
import { runMaths } from './runMaths.fixture.ts'
import { ulp } from './ulps.fixture.ts'

interface Exact {
  readonly of: (x: number) => bigint
  /** Where the result is neither 0, infinite, NaN nor rounded to 1. */
  readonly from: number
  readonly to: number
}

const ratio = (numerator: bigint, denominator: bigint): bigint => (numerator * one) / denominator

const functions: Readonly<Record<Exclude<MathsOp, 'pow'>, Exact>> = {
  exp: { of: (x) => exp(fixed(x)), from: -745, to: 709 },
  expm1: { of: (x) => exp(fixed(x)) - one, from: -60, to: 709 },
  log: { of: (x) => log(fixed(x), Math.log(x)), from: 5e-324, to: Number.MAX_VALUE },
  log1p: { of: (x) => log(fixed(x) + one, Math.log1p(x)), from: -1 + 2 ** -53, to: Number.MAX_VALUE },
  sin: { of: (x) => sin(fixed(x)), from: -Number.MAX_VALUE, to: Number.MAX_VALUE },
  cos: { of: (x) => sin(fixed(x) + pi / 2n), from: -Number.MAX_VALUE, to: Number.MAX_VALUE },
  tanh: {
    of: (x) => {
      const power = exp(2n * fixed(x))
      return ratio(power - one, power + one)
    },
    from: -40,
    to: 40,
  },
  sigmoid: {
    of: (x) => {
      const power = exp(fixed(x))
      return ratio(power, one + power)
    },
    from: -745,
    to: 50,
  },
  erf: { of: (x) => erf(fixed(x)), from: -6.5, to: 6.5 },
}

/** Numbers between two ends: those of all magnitudes that lie there, and evenly spread ones. */
const between = ({ from, to }: Exact) =>
  fc.oneof(
    numbers('float64').filter((x) => x >= from && x <= to),
    fc.double({ min: 0, max: 1, noNaN: true }).map((share) => {
      const [low, high] = [Math.max(from, -100), Math.min(to, 100)]
      return low + share * (high - low)
    }),
  )

describe.each(Object.entries(functions))('%s', (name, exact) => {
  it('of float64 is within the stated error of the exact value', () => {
    const op = name as keyof typeof functions
    fc.assert(
      fc.property(between(exact), (x) => {
        const [result = Number.NaN] = runMaths(op, 'float64', [x, x])
        const value = exact.of(x)
        const error = distance(result, value, ulp('float64', result))
        expect(error, `${name}(${x}) = ${result}`).toBeLessThanOrEqual(errorInUlps[op].float64)
      }),
      { numRuns: 400 },
    )
  })
})

test('pow of float64 is within the stated error of the exact value', () => {
  fc.assert(
    fc.property(
      numbers('float64').filter((x) => x > 0 && x < Number.POSITIVE_INFINITY && x !== 1),
      fc.double({ min: -1020, max: 1020, noNaN: true }),
      (x, log2) => {
        const y = log2 / Math.log2(x)
        fc.pre(Number.isFinite(y))
        const [result = Number.NaN] = runMaths('pow', 'float64', [x, x], [y, y])
        const value = exp((log(fixed(x), Math.log(x)) * fixed(y)) / one)
        expect(
          distance(result, value, ulp('float64', result)),
          `${x} ** ${y} = ${result}`,
        ).toBeLessThanOrEqual(errorInUlps.pow.float64)
      },
    ),
    { numRuns: 400 },
  )
})

test('a multiple of pi/2 is told from its nearest number for the largest arguments', () => {
  // The float64 that is closest to a multiple of pi/2: J.-M. Muller, "Elementary Functions", 2nd edition, table 11.1.
  const x = 6381956970095103 * 2 ** 797
  expect(runMaths('cos', 'float64', [x, x])[0]).toBe(-4.687165924254628e-19)
  expect(runMaths('sin', 'float64', [1e22, 1e22])[0]).toBe(-0.8522008497671888)
})
