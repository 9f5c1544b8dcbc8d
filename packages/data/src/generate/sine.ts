/**
 * Sine and cosine from sums and products alone, which IEEE 754 fixes to the bit, so that generated sets are the same
 * in every engine; `Math.sin` is not. Arguments up to about 10^5; error about 1 ulp.
 *
 * The reduction x = n pi/2 + y and the coefficients are those of FreeBSD's k_sin.c, k_cos.c and e_rem_pio2.c.
 */
const reduced = (x: number): { readonly quarter: number; readonly y: number } => {
  const n = Math.round(x / (Math.PI / 2))
  return { quarter: n & 3, y: x - n * halfPiHigh - n * halfPiLow }
}

const halfPiHigh = 1.5707963267341256
const halfPiLow = 6.077100506506192e-11

const sineSeries = [
  -0.16666666666666632, 0.00833333333332249, -0.0001984126982985795, 0.0000027557313707070068,
  -2.5050760253406863e-8, 1.58969099521155e-10,
]
const cosineSeries = [
  0.0416666666666666, -0.001388888888887411, 0.00002480158728947673, -2.7557314351390663e-7,
  2.087572321298175e-9, -1.1359647557788195e-11,
]

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0)

const nearSine = (y: number): number => y + y * y * y * polynomial(sineSeries, y * y)

const nearCosine = (y: number): number => {
  const z = y * y
  return 1 - (z / 2 - z * z * polynomial(cosineSeries, z))
}

const turned = (quarter: number, y: number): number => {
  if (quarter === 0) return nearSine(y)
  if (quarter === 1) return nearCosine(y)
  return quarter === 2 ? -nearSine(y) : -nearCosine(y)
}

/** The sine of an angle in radians. */
export function sine(x: number): number {
  const { quarter, y } = reduced(x)
  return turned(quarter, y)
}

/** The cosine of an angle in radians. */
export function cosine(x: number): number {
  const { quarter, y } = reduced(x)
  return turned((quarter + 1) & 3, y)
}
