import { normalCoefficients } from './normalCoefficients.ts'
import { polynomial } from './polynomial.ts'

const { log, central, middle, far } = normalCoefficients

const bytes = new DataView(new ArrayBuffer(8))

/**
 * The natural logarithm from additions, products and quotients alone, which IEEE 754 fixes to the bit, so that random
 * numbers are the same in every engine; `Math.log` is not. Argument: positive and normal. Error below 1 ulp.
 *
 * The reduction and the coefficients are those of FreeBSD's e_log.c: x = 2^e (1 + f), s = f / (2 + f).
 */
export function portableLog(x: number): number {
  bytes.setFloat64(0, x)
  let exponent = ((bytes.getUint32(0) >>> 20) & 0x7ff) - 1023
  bytes.setUint32(0, (bytes.getUint32(0) & 0xfffff) | 0x3ff00000)
  let mantissa = bytes.getFloat64(0)
  if (mantissa > Math.SQRT2) {
    mantissa /= 2
    exponent += 1
  }
  const f = mantissa - 1
  const s = f / (2 + f)
  const z = s * s
  const series = z * polynomial(log.series, z)
  const half = 0.5 * f * f
  return exponent * log.ln2High - (half - (s * (half + series) + exponent * log.ln2Low) - f)
}

/** The standard normal variate below which a share `p` of them lies; `p` strictly between 0 and 1. */
export function normalQuantile(p: number): number {
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    return (q * polynomial(central.numerator, r)) / polynomial(central.denominator, r)
  }
  const tail = Math.sqrt(-portableLog(q < 0 ? p : 1 - p))
  const quantile =
    tail <= 5
      ? polynomial(middle.numerator, tail - 1.6) / polynomial(middle.denominator, tail - 1.6)
      : polynomial(far.numerator, tail - 5) / polynomial(far.denominator, tail - 5)
  return q < 0 ? -quantile : quantile
}
