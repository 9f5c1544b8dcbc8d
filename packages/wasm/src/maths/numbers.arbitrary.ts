import * as fc from 'fast-check'
import type { FloatType } from './lanes.ts'

const view = new DataView(new ArrayBuffer(8))

/** Every bit pattern is as likely as any other, so that all magnitudes are. */
const patterns = {
  float32: fc.nat({ max: 0xffffffff }).map((bits) => {
    view.setUint32(0, bits)
    return view.getFloat32(0)
  }),
  float64: fc.tuple(fc.nat({ max: 0xffffffff }), fc.nat({ max: 0xffffffff })).map(([high, low]) => {
    view.setUint32(0, high)
    view.setUint32(4, low)
    return view.getFloat64(0)
  }),
} as const

// Ends of ranges and of the intervals that a function is computed in.
const thresholds = [
  0,
  5e-324,
  2 ** -149,
  2 ** -126,
  2 ** -1022,
  2 ** -53,
  2 ** -24,
  0.3465735903,
  0.46875,
  0.5,
  Math.SQRT1_2,
  0.84375,
  0.85,
  1,
  1.25,
  1.224744871391589,
  Math.SQRT2,
  1.7320508075688772,
  2,
  2.857142857142857,
  3,
  3.92,
  4,
  6,
  9.01,
  19.06,
  22,
  36.7368,
  53,
  87.3365447505,
  88.7228394,
  103.972,
  104,
  708.3964,
  709.782712893384,
  745.1332191019411,
  746,
  1023,
  1024,
  2 ** 20,
  2 ** 23,
  2 ** 24,
  2 ** 31,
  2 ** 52,
  2 ** 53,
  2 ** 64,
  2 ** 65,
  3.4028234663852886e38,
  Number.MAX_VALUE,
  Math.PI / 4,
  Math.PI / 2,
  Math.PI,
  1e22,
  Number.POSITIVE_INFINITY,
  Number.NaN,
] as const

/** Numbers of a float type: of all magnitudes, of everyday ones, and next to where functions change. */
export function numbers(dtype: FloatType): fc.Arbitrary<number> {
  const rounded = dtype === 'float32' ? Math.fround : (x: number) => x
  const everyday = fc.tuple(fc.integer({ min: -(2 ** 30), max: 2 ** 30 }), fc.integer({ min: -30, max: 10 }))
  const close = fc.tuple(fc.constantFrom(...thresholds), fc.integer({ min: -4, max: 4 }), fc.boolean())
  const epsilon = dtype === 'float32' ? 2 ** -23 : 2 ** -52
  return fc.oneof(
    patterns[dtype],
    everyday.map(([digits, exponent]) => rounded(digits * 2 ** (exponent - 20))),
    close.map(([threshold, steps, negative]) =>
      rounded((negative ? -threshold : threshold) * (1 + steps * epsilon)),
    ),
  )
}
