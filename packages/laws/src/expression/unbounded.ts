import {
  abs,
  add,
  div,
  equal,
  floor,
  full,
  greater,
  less,
  log,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  sub,
  where,
  exp,
  type Tensor,
} from '@pullback/core'

/** Numbers m 2^e, e an integer that has no bounds: 0 unless the number is too large or small for a float. */
export interface Unbounded {
  readonly m: Tensor
  readonly e: Tensor
}

const log2 = Math.LN2

export const at = (values: readonly Unbounded[], index: number): Unbounded => {
  const found = values[index]
  if (found === undefined) throw new TypeError('unbounded: there is no operand')
  return found
}

export const zero = (like: Tensor): Tensor => mul(like, 0)

export const plain = (m: Tensor): Unbounded => ({ m, e: full([...m.shape], 0, 'float64') })

/** Exponents beyond those of floats give 0 or infinity. */
export const power = (e: Tensor): Tensor => pow(2, maximum(minimum(e, 2000), -2000))

/** The same number with e = 0 if its size is between e^-300 and e^300, else with m between 1 and 2 or so. */
export function normal({ m, e }: Unbounded): Unbounded {
  const size = abs(m)
  const isNumber = mul(greater(size, 0), less(size, Infinity))
  const log2OfM = floor(div(log(where(isNumber, size, 1)), log2))
  const isPlain = less(abs(mul(add(log2OfM, e), log2)), 300)
  const shift = where(isPlain, neg(e), log2OfM)
  return {
    m: where(isNumber, scaled(m, neg(shift)), m),
    e: where(isNumber, where(isPlain, 0, add(e, shift)), 0),
  }
}

/** 2^e for exponents below the largest; zero, which has no exponent, stays zero. */
export const below = (e: Tensor, largest: Tensor): Tensor => power(minimum(sub(e, largest), 0))

/** m 2^e; half the exponent twice, since 2^e alone may be too large where m 2^e is not. */
function scaled(m: Tensor, e: Tensor): Tensor {
  const first = floor(mul(e, 0.5))
  return mul(mul(m, power(first)), power(sub(e, first)))
}

/** What a float holds of it: infinite or 0 beyond. */
export const toFloat = ({ m, e }: Unbounded): Tensor => scaled(m, e)

/** Values of several with one exponent, the largest among those that are not zero. */
export function aligned(x: Unbounded, y: Unbounded): readonly [Tensor, Tensor, Tensor] {
  const low = -1e300
  const ex = where(equal(x.m, 0), low, x.e)
  const ey = where(equal(y.m, 0), low, y.e)
  const largest = maximum(maximum(ex, ey), -1e9)
  const e = where(less(largest, -1e8), 0, largest)
  return [mul(x.m, below(x.e, e)), mul(y.m, below(y.e, e)), e]
}

export const sumOf = (x: Unbounded, y: Unbounded): Unbounded => {
  const [a, b, e] = aligned(x, y)
  return normal({ m: add(a, b), e })
}

export const negative = ({ m, e }: Unbounded): Unbounded => ({ m: neg(m), e })

export const product = (x: Unbounded, y: Unbounded): Unbounded =>
  normal({ m: mul(x.m, y.m), e: add(x.e, y.e) })

/** e^x: 2^k e^(x - k log 2). */
export function exponential(x: Unbounded): Unbounded {
  const value = toFloat(x)
  const k = where(
    less(abs(value), 600),
    0,
    where(less(abs(value), 1e15), floor(div(value, log2)), mul(value, 2)),
  )
  const beyond = greater(abs(value), 1e15)
  return normal({ m: where(beyond, 1, exp(sub(value, mul(k, log2)))), e: k })
}

export const logarithm = ({ m, e }: Unbounded): Unbounded => plain(add(log(m), mul(e, log2)))

export const isLarge = (x: Unbounded) => greater(x.e, 0)
