import { polynomial } from './polynomial.ts'

/** 1 / (1 + e^-x), from the side where e does not overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  const power = Math.exp(x)
  return power / (1 + power)
}

// Coefficients of the rational approximations of erf and erfc in W. J. Cody, "Rational Chebyshev approximations for
// the error function", Mathematics of Computation 23 (1969), lowest power first; relative error below 6e-19.
const nearNumerator = [
  3.20937758913846947e3, 3.77485237685302021e2, 1.1386415415105016e2, 3.1611237438705656,
  1.85777706184603153e-1,
]
const nearDenominator = [
  2.84423683343917062e3, 1.28261652607737228e3, 2.44024637934444173e2, 2.36012909523441209e1, 1,
]
const middleNumerator = [
  1.23033935479799725e3, 2.05107837782607147e3, 1.71204761263407058e3, 8.8195222124176909e2,
  2.98635138197400131e2, 6.61191906371416295e1, 8.88314979438837594, 5.64188496988670089e-1,
  2.15311535474403846e-8,
]
const middleDenominator = [
  1.23033935480374942e3, 3.43936767414372164e3, 4.36261909014324716e3, 3.29079923573345963e3,
  1.62138957456669019e3, 5.37181101862009858e2, 1.17693950891312499e2, 1.57449261107098347e1, 1,
]
const farNumerator = [
  -6.58749161529837803e-4, -1.60837851487422766e-2, -1.25781726111229246e-1, -3.60344899949804439e-1,
  -3.05326634961232344e-1, -1.63153871373020978e-2,
]
const farDenominator = [
  2.33520497626869185e-3, 6.05183413124413191e-2, 5.27905102951428412e-1, 1.87295284992346725,
  2.56852019228982242, 1,
]

/** e^(-x^2) with x^2 split in two, so that its rounding does not grow with x. */
function gaussian(x: number): number {
  const coarse = Math.trunc(x * 16) / 16
  return Math.exp(-coarse * coarse) * Math.exp(-(x - coarse) * (x + coarse))
}

function upperTail(x: number): number {
  if (x > 26.6) return 0
  if (x <= 4) return (gaussian(x) * polynomial(middleNumerator, x)) / polynomial(middleDenominator, x)
  const inverse = 1 / (x * x)
  const correction = (inverse * polynomial(farNumerator, inverse)) / polynomial(farDenominator, inverse)
  return (gaussian(x) / x) * (1 / Math.sqrt(Math.PI) + correction)
}

/** The error function. */
export function erf(x: number): number {
  const magnitude = Math.abs(x)
  if (Number.isNaN(x)) return Number.NaN
  if (magnitude > 0.46875) return Math.sign(x) * (1 - upperTail(magnitude))
  const squared = x * x
  return (x * polynomial(nearNumerator, squared)) / polynomial(nearDenominator, squared)
}

/** Truncation to a 32-bit integer: NaN becomes 0 and what is out of range the nearest end. */
export function truncateToInt32(x: number): number {
  return Number.isNaN(x) ? 0 : Math.trunc(Math.min(Math.max(x, -(2 ** 31)), 2 ** 31 - 1))
}

/** x to the power y as IEEE 754 has it: 1 to any power is 1, and so is -1 to an infinite one; JavaScript says NaN. */
export const power = (x: number, y: number): number =>
  x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY) ? 1 : x ** y
