// Functions in integers of any length: x stands for x 2^-digits. Slow, simple, and right to far more digits than a
// float64 has at any magnitude.

const digits = 1300n
export const one = 1n << digits

const times = (a: bigint, b: bigint): bigint => (a * b) >> digits
const over = (a: bigint, b: bigint): bigint => (a << digits) / b

/** A finite number, exactly. */
export function fixed(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, x)
  const pattern = view.getBigUint64(0)
  const exponent = (pattern >> 52n) & 0x7ffn
  const fraction = pattern & ((1n << 52n) - 1n)
  const significand = exponent === 0n ? fraction : fraction | (1n << 52n)
  const magnitude = significand << (digits - 1074n + (exponent === 0n ? 0n : exponent - 1n))
  return x < 0 ? -magnitude : magnitude
}

/** The terms that `next` makes of one and its number, until they vanish. */
function series(first: bigint, next: (term: bigint, number: bigint) => bigint): bigint {
  let sum = 0n
  let term = first
  for (let number = 1n; term !== 0n && term !== -1n; number++) {
    sum += term
    term = next(term, number)
  }
  return sum
}

export function exp(x: bigint): bigint {
  const halvings = 48n
  const small = x >> halvings
  let power = series(one, (term, number) => times(term, small) / number)
  for (let step = 0n; step < halvings; step++) power = times(power, power)
  return power
}

/** The logarithm by Halley's iteration, from what float64 gives. */
export function log(y: bigint, start: number): bigint {
  let x = fixed(start)
  for (let step = 0; step < 3; step++) {
    const power = exp(x)
    x += over(2n * (y - power), y + power)
  }
  return x
}

const arctangentOfInverse = (n: bigint): bigint => {
  let power = one / n
  let sum = power
  for (let k = 3n; power !== 0n; k += 2n) {
    power /= n * n
    sum += k % 4n === 3n ? -(power / k) : power / k
  }
  return sum
}

/** By Machin's formula, with as many more digits as the largest arguments of the sine have in front of the point. */
export const pi = 4n * (4n * arctangentOfInverse(5n) - arctangentOfInverse(239n))

export function sin(x: bigint): bigint {
  const turn = 2n * pi
  const rest = ((x % turn) + turn) % turn
  const squared = times(rest, rest)
  return series(rest, (term, number) => -times(term, squared) / (2n * number * (2n * number + 1n)))
}

/** The square root by Newton's iteration, from above. */
function squareRoot(x: bigint): bigint {
  const square = x << digits
  let root = one + x
  for (let next = root - 1n; next < root;) {
    root = next
    next = (root + square / root) >> 1n
  }
  return root
}

const rootOfPi = squareRoot(pi)

/** The error function by its series, for |x| up to 7 or so. */
export function erf(x: bigint): bigint {
  const squared = times(x, x)
  let sum = 0n
  let term = x
  for (let n = 0n; term !== 0n && term !== -1n; n++) {
    sum += term / (2n * n + 1n)
    term = -times(term, squared) / (n + 1n)
  }
  return over(2n * sum, rootOfPi)
}

/** How far a number is from an exact one, in multiples of a unit. */
export function distance(result: number, exact: bigint, unit: number): number {
  const scale = 1n << 40n
  const difference = ((fixed(result) - exact) * scale) / fixed(unit)
  return Math.abs(Number(difference)) / Number(scale)
}
