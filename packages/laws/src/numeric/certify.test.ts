import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { certify } from './certify.ts'
import { fourfold, threefold } from './ladder.ts'

interface Known {
  readonly value: (t: number) => number
  readonly slope: number
}

const smooth: Readonly<Record<string, (x: number) => Known>> = {
  exp: (x) => ({ value: (t) => Math.exp(x + t), slope: Math.exp(x) }),
  tanh: (x) => ({ value: (t) => Math.tanh(x + t), slope: 1 - Math.tanh(x) ** 2 }),
  'one and tanh': (x) => ({ value: (t) => 1 + Math.tanh(x + t), slope: 1 - Math.tanh(x) ** 2 }),
  'one less p': (x) => ({
    value: (t) => 1 - 1 / (1 + Math.exp(-x - t)),
    slope: -Math.exp(-x) / (1 + Math.exp(-x)) ** 2,
  }),
  sin: (x) => ({ value: (t) => Math.sin(3 * (x + t)), slope: 3 * Math.cos(3 * x) }),
  linear: (x) => ({ value: (t) => 3 * t + x, slope: 3 }),
  cube: (x) => ({ value: (t) => (x + t) ** 3, slope: 3 * x * x }),
  stiff: (x) => ({ value: (t) => Math.exp(100 * t) * x, slope: 100 * x }),
  oscillating: (x) => ({ value: (t) => Math.sin(50 * t + x), slope: 50 * Math.cos(x) }),
}

const scales = fc.constantFrom(1e-9, 1e-6, 1e-3, 1, 1e3, 1e6, 1e9)
const positions = fc.noBias(fc.integer({ min: -4096, max: 4096 })).map((k) => k / 1024 + 1e-4 * Math.sin(k))

const derivative = (f: (t: number) => number, scale: number, ladder = fourfold) => {
  const { value, error, gap } = certify((t) => Float64Array.of(f(t)), { scale }, ladder)
  return { value: value[0] ?? 0, error: error[0] ?? 0, gap: gap[0] ?? 0 }
}

// Math.exp and its like are themselves off by a rounding or two in the slope that the tests compare with.
const ownRounding = (slope: number, size: number): number =>
  4 * Number.EPSILON * Math.max(Math.abs(slope), size)

test.each(Object.entries(smooth))('the bound of %s holds, and is tight', (_, at) => {
  fc.assert(
    fc.property(positions, scales, fc.constantFrom(fourfold, threefold), (x, scale, ladder) => {
      const { value: f, slope } = at(x)
      const { value, error, gap } = derivative((t) => scale * f(t), 1 + Math.abs(x), ladder)
      expect(gap).toBe(0)
      expect(Math.abs(value - scale * slope)).toBeLessThanOrEqual(error + ownRounding(scale * slope, scale))
    }),
    { numRuns: 300 },
  )
})

test('smooth functions are certified to a billionth, the median to less than a tenth of that', () => {
  const relative = Array.from({ length: 400 }, (_, k) => {
    const { value: f, slope } = (smooth[['exp', 'tanh', 'sin', 'cube'][k % 4] ?? ''] ?? smooth['exp'])?.(
      Math.cos(k) * 2,
    ) ?? { value: () => 0, slope: 1 }
    return derivative(f, 3).error / Math.max(Math.abs(slope), 0.05)
  }).toSorted((a, b) => a - b)
  expect(relative[200]).toBeLessThan(1e-10)
  expect(relative.at(-5)).toBeLessThan(1e-9)
})

test('at a kink, and right beside one, both one-sided derivatives are within the bound', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 240 }),
      fc.constantFrom(1, -1),
      fc.constantFrom(fourfold, threefold),
      (power, side, ladder) => {
        const distance = side * 10 ** (-power / 20)
        const f = (t: number) => Math.abs(t + distance) + Math.sin(t)
        const { value, error, gap } = derivative(f, 1, ladder)
        expect(Math.abs(value - (Math.sign(distance) + 1))).toBeLessThanOrEqual(error)
        expect(error).toBeLessThan(Math.abs(distance) > 1e-4 ? 1e-8 : 1.1)
        expect(gap).toBeGreaterThan(Math.abs(distance) < 1e-8 ? 1.999 : -1)
      },
    ),
    { numRuns: 400 },
  )
})

test('a kink too small to be seen is in the bound', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 160 }), fc.integer({ min: 0, max: 80 }), (size, near) => {
      const bend = 10 ** (-size / 10)
      const distance = 10 ** (-near / 10)
      const f = (t: number) => 0.8 * t * t - 0.2 * t + bend * Math.max(t + distance, 0)
      const { value, error } = derivative(f, 1)
      expect(Math.abs(value - (bend - 0.2))).toBeLessThanOrEqual(error + 1e-16)
    }),
    { numRuns: 400 },
  )
})

test('rounding to float32 inside shows in the bound, whether it is told or not', () => {
  fc.assert(
    fc.property(positions, fc.constantFrom(2 ** -24, 2 ** -53), (x, unit) => {
      // Where the slope is a whole number of grains a step, rounding cannot be told from a straight line.
      const slope = 64 * (1 - Math.tanh(x) ** 2)
      fc.pre(unit > 2 ** -50 || Math.abs(slope - Math.round(slope)) > 0.1)
      const f = (t: number) => Float64Array.of(Math.fround(Math.tanh(Math.fround(x + t))))
      const { value, error } = certify(f, { scale: 1 + Math.abs(x), unit })
      expect(Math.abs((value[0] ?? 0) - (1 - Math.tanh(x) ** 2))).toBeLessThanOrEqual(error[0] ?? 0)
      expect(error[0]).toBeLessThan(1e-2)
    }),
    { numRuns: 500 },
  )
})

test('a step nearby does not spoil the derivative beside it', () => {
  const { value, error } = derivative((t) => Math.floor(t + 0.9) + 2 * t, 1)
  expect(Math.abs(value - 2)).toBeLessThanOrEqual(error)
  expect(error).toBeLessThan(1e-9)
})

test('where the function ends there is one side only', () => {
  const { value, error, gap } = derivative((t) => (t < 0 ? NaN : 2 * t + t * t), 1)
  expect(gap).toBe(Infinity)
  expect(Math.abs(value - 2)).toBeLessThanOrEqual(error)
})

test('nothing is known of what is not a number or has no derivative', () => {
  expect(derivative(() => NaN, 1).error).toBe(Infinity)
  expect(derivative((t) => Math.sqrt(t), 1).error).toBe(Infinity)
  expect(derivative((t) => Math.cbrt(t), 1).error).toBeGreaterThan(1)
})

test('a singularity nearby shrinks the ladder', () => {
  const { value, error } = derivative((t) => Math.log(0.01 + t), 1)
  expect(Math.abs(value - 100)).toBeLessThanOrEqual(error)
  expect(error).toBeLessThan(1e-4)
})

test('outputs are certified one by one', () => {
  const { value, gap } = certify((t) => Float64Array.of(3 * t, Math.abs(t), 7))
  expect(Array.from(value, Math.round)).toEqual([3, 0, 0])
  expect(Array.from(gap)).toEqual([0, 2, 0])
})
