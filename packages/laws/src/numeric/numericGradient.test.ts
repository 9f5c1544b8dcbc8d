import {
  compile,
  exp,
  fromValues,
  mul,
  sum,
  tensor,
  toArray,
  toNested,
  toNumber,
  type Tensor,
} from '@pullback/core'
import { expect, test } from 'vitest'
import { countingBackend } from '../testing/countingBackend.ts'
import { numericGradient } from './numericGradient.ts'

const at = {
  a: tensor([0.5, -1.25], 'float64') as Tensor,
  b: { c: tensor([[2], [0]], 'float64') as Tensor, labels: tensor([1], 'int32') },
}

const value = ({ a, b }: typeof at): Tensor => sum(mul(exp(a), sum(mul(b.c, b.c))))

const expected = [4 * Math.exp(0.5), 4 * Math.exp(-1.25)]

test.each([
  ['an expression', numericGradient(value)],
  ['numbers', numericGradient((tree: typeof at) => toNumber(value(tree)))],
])('the gradient of %s has the form of the tree, with a bound for every entry', (_, gradientOf) => {
  const { gradient, bounds, unresolved } = gradientOf(at)
  const bound = toArray(bounds.a)
  toArray(gradient.a).forEach((entry, index) => {
    expect(Math.abs(entry - (expected[index] ?? 0))).toBeLessThanOrEqual(bound[index] ?? 0)
    expect(bound[index]).toBeLessThan(1e-9)
  })
  expect(gradient.b.c.shape).toEqual([2, 1])
  expect(toNested(gradient.b.labels)).toEqual([0])
  expect(toNested(unresolved.a)).toEqual([0, 0])
})

test('a kink is unresolved, and both sides are within the bound', () => {
  const absolute = ({ x }: { readonly x: Tensor }) => Math.abs(toArray(x)[0] ?? 0) + 3 * (toArray(x)[1] ?? 0)
  const { gradient, bounds, unresolved } = numericGradient(absolute)({ x: tensor([0, 0], 'float64') })
  expect(toNested(unresolved.x)).toEqual([1, 0])
  expect(toArray(gradient.x)[0]).toBeCloseTo(0, 12)
  expect(toArray(bounds.x)[0]).toBeCloseTo(1, 12)
})

test('an empty tree has an empty gradient', () => {
  const empty = { x: fromValues([], [0, 2], 'float64') as Tensor }
  expect(numericGradient((tree: typeof empty) => sum(tree.x))(empty).gradient.x.shape).toEqual([0, 2])
})

test('a function that does not give a scalar is refused', () => {
  expect(() => numericGradient((tree: typeof at) => tree.a)(at)).toThrow('gives [2], not a scalar')
})

test('a backend computes an expression, compiled once', () => {
  const backend = countingBackend()
  const f = ({ x }: { x: Tensor }) => sum(mul(x, exp(x)))
  const at = { x: tensor([0.5, -1, 2], 'float64') }
  expect(toNested(numericGradient(f, { backend })(at).gradient.x)).toEqual(
    toNested(numericGradient(f, { backend: 'reference' })(at).gradient.x),
  )
  expect(backend.counts).toEqual({ prepared: 1, runs: Math.ceil((3 * 25) / 32) })
})

test('a function that was compiled is called for every sample', () => {
  const at = { x: tensor([0.5, -1, 2], 'float64') }
  const compiled = compile(({ x }) => sum(mul(x, exp(x))), { shapes: at, backend: 'reference' })
  const { gradient } = numericGradient((given: typeof at) => compiled(given))(at)
  expect(toNested(gradient.x)).toEqual(
    toNested(numericGradient(({ x }: typeof at) => sum(mul(x, exp(x))))(at).gradient.x),
  )
})
