import type { Code } from '../assembler/code.ts'
import { exp } from './exp.ts'
import type { Lanes } from './lanes.ts'

// The approximations of FreeBSD's s_erf.c, numerator and denominator: (erf x - x) / x in x^2 below 0.84375, erf x - c in
// x - 1 below 1.25, and log(x e^(x^2) erfc x) + 0.5625 in 1 / x^2 below and above 1 / 0.35.
const near = [
  [
    1.28379167095512558561e-1, -3.2504210724700149937e-1, -2.84817495755985104766e-2,
    -5.77027029648944159157e-3, -2.37630166566501626084e-5,
  ],
  [
    1, 3.97917223959155352819e-1, 6.50222499887672944485e-2, 5.08130628187576562776e-3,
    1.32494738004321644526e-4, -3.9602282787753681232e-6,
  ],
] as const
const middle = [
  [
    -2.36211856075265944077e-3, 4.14856118683748331666e-1, -3.72207876035701323847e-1,
    3.18346619901161753674e-1, -1.10894694282396677476e-1, 3.54783043256182359371e-2,
    -2.166375594868790843e-3,
  ],
  [
    1, 1.06420880400844228286e-1, 5.40397917702171048937e-1, 7.18286544141962662868e-2,
    1.26171219808761642112e-1, 1.36370839120290507362e-2, 1.1984499846799107417e-2,
  ],
] as const
const outer = [
  [
    -9.86494403484714822705e-3, -6.93858572707181764372e-1, -1.05586262253232909814e1,
    -6.23753324503260060396e1, -1.62396669462573470355e2, -1.84605092906711035994e2,
    -8.12874355063065934246e1, -9.81432934416914548592,
  ],
  [
    1, 1.96512716674392571292e1, 1.376577541435190426e2, 4.34565877475229228821e2, 6.45387271733267880336e2,
    4.29008140027567833386e2, 1.08635005541779435134e2, 6.57024977031928170135, -6.04244152148580987438e-2,
  ],
] as const
const outermost = [
  [
    -9.86494292470009928597e-3, -7.99283237680523006574e-1, -1.77579549177547519889e1,
    -1.60636384855821916062e2, -6.37566443368389627722e2, -1.02509513161107724954e3,
    -4.83519191608651397019e2,
  ],
  [
    1, 3.03380607434824582924e1, 3.25792512996573918826e2, 1.53672958608443695994e3, 3.19985821950859553908e3,
    2.55305040643316442583e3, 4.74528541206955367215e2, -2.24409524465858183362e1,
  ],
] as const
const atOne = 8.45062911510467529297e-1

const end = 6

/** erf of float64 from 0 on; each interval is computed only if a lane lies in it. */
export function erfOfDouble(lanes: Lanes, x: Code): Code {
  const { keep, assign, add, sub, mul, div, number, and, andNot, any, less, select, polynomial } = lanes
  const ratio = ([p, q]: readonly [readonly number[], readonly number[]], t: Code) =>
    div(polynomial(p, t), polynomial(q, t))
  // 1 where x is large and NaN where it is.
  const result = keep(lanes.atMost(x, number(1)))
  const belowMiddle = keep(less(x, number(0.84375)))
  const belowOuter = keep(less(x, number(1.25)))
  const inMiddle = keep(andNot(belowOuter, belowMiddle))
  const inOuter = keep(andNot(less(x, number(end)), belowOuter))
  lanes.when(any(belowMiddle), () => {
    const squared = keep(mul(x, x))
    assign(result, select(belowMiddle, add(x, mul(x, ratio(near, squared))), result))
  })
  lanes.when(any(inMiddle), () => {
    const t = keep(sub(x, number(1)))
    assign(result, select(inMiddle, add(number(atOne), ratio(middle, t)), result))
  })
  lanes.when(any(inOuter), () => {
    const squared = keep(mul(x, x))
    const inverse = keep(div(number(1), squared))
    const exponent = keep(number(0))
    const below = keep(less(x, number(1 / 0.35)))
    lanes.when(any(and(inOuter, below)), () => assign(exponent, ratio(outer, inverse)))
    lanes.when(any(andNot(inOuter, below)), () =>
      assign(exponent, select(below, exponent, ratio(outermost, inverse))),
    )
    // Of the result this is less than a tenth, so that its error, a few ulps of its own, is no matter.
    const complement = div(exp(lanes, keep(sub(sub(exponent, number(0.5625)), squared))), x)
    assign(result, select(inOuter, sub(number(1), complement), result))
  })
  return result
}
