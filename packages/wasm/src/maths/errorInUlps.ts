import type { FloatType } from './lanes.ts'
import type { MathsOp } from './mathsLibrary.ts'

/**
 * The largest error of each function in units in the last place of the exact result, for all arguments. Measured: float32
 * on 16 million evenly spaced bit patterns, float64 on 12 million random ones and others where errors are large; stated
 * with a tenth or more to spare.
 */
export const errorInUlps: Readonly<Record<MathsOp, Readonly<Record<FloatType, number>>>> = {
  exp: { float32: 1, float64: 1 },
  expm1: { float32: 1.2, float64: 1.2 },
  log: { float32: 1, float64: 1 },
  log1p: { float32: 1, float64: 1 },
  sin: { float32: 0.6, float64: 0.9 },
  cos: { float32: 0.6, float64: 0.9 },
  tanh: { float32: 1.3, float64: 1.3 },
  sigmoid: { float32: 1.5, float64: 1.5 },
  erf: { float32: 1.5, float64: 1.2 },
  pow: { float32: 0.6, float64: 0.9 },
}
