import {
  add,
  derivative,
  evaluate,
  input,
  leaves,
  mul,
  ones,
  sum,
  tensor,
  toArray,
  toNested,
  toNumber,
  type AnyTensor,
  type Tensor,
} from '@pullback/core'
import * as core from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { normals } from '../testing/normals.ts'
import { rules } from './rules.ts'

type Build = (x: Tensor, y: Tensor) => AnyTensor

const positive = (x: Tensor): Tensor => core.add(core.exp(x), 0.5)
const key = core.seed(3)
const indices = tensor([1, 0, 1], 'int32')

/** For each primitive an expression of two `[2, 3]` that contains it, smooth where it is tried. */
const builds: Readonly<Record<core.Op, Build>> = {
  constant: (x) => add(x, tensor([[1, 2, 3]], 'float64')),
  input: (x) => x,
  iota: (x) => mul(x, core.iota([2, 3], 1, 'float64')),
  neg: (x) => core.neg(x),
  abs: (x) => core.abs(x),
  sign: (x) => mul(core.sign(x), x),
  floor: (x) => add(core.floor(x), x),
  sqrt: (x) => core.sqrt(positive(x)),
  exp: (x) => core.exp(x),
  expm1: (x) => core.expm1(x),
  log: (x) => core.log(positive(x)),
  log1p: (x) => core.log1p(positive(x)),
  sin: (x) => core.sin(x),
  cos: (x) => core.cos(x),
  tanh: (x) => core.tanh(x),
  sigmoid: (x) => core.sigmoid(x),
  erf: (x) => core.erf(x),
  cast: (x) => mul(core.cast(core.cast(mul(x, 10), 'int32'), 'float64'), x),
  add: (x, y) => add(x, y),
  sub: (x, y) => core.sub(x, y),
  mul: (x, y) => mul(x, y),
  div: (x, y) => core.div(x, positive(y)),
  pow: (x, y) => core.pow(positive(x), y),
  maximum: (x, y) => core.maximum(x, y),
  minimum: (x, y) => core.minimum(x, y),
  equal: (x, y) => core.where(core.equal(x, y), x, y),
  notEqual: (x, y) => core.where(core.notEqual(x, y), x, y),
  less: (x, y) => core.where(core.less(x, y), mul(x, x), y),
  lessEqual: (x, y) => core.where(core.lessEqual(x, y), mul(x, x), y),
  greater: (x, y) => core.where(core.greater(x, y), mul(x, x), y),
  greaterEqual: (x, y) => core.where(core.greaterEqual(x, y), mul(x, x), y),
  where: (x, y) => core.where(core.greater(x, 0), mul(x, y), 2),
  sum: (x, y) => mul(sum(mul(x, x), { axes: 1, keepDims: true }), y),
  max: (x, y) => mul(core.max(x, { axes: 0 }), y),
  min: (x, y) => mul(core.min(x, { axes: [0, 1] }), y),
  argmax: (x) => mul(x, core.reshape(core.cast(core.argmax(x), 'float64'), [2, 1])),
  matmul: (x, y) => core.matmul(core.matmul(x, y, { transposeB: true }), x, { transposeA: true }),
  reshape: (x) => mul(core.reshape(x, [3, 2]), core.reshape(x, [3, 2])),
  transpose: (x) => mul(core.transpose(x), core.transpose(x)),
  broadcast: (x) => mul(core.broadcastTo(x, [4, 2, 3]), x),
  slice: (x) => core.square(core.slice(x, [0, 2], [0, 3, 2])),
  concat: (x, y) => core.square(core.concatenate([x, core.ones([1, 3], 'float64'), y])),
  gather: (x) => core.square(core.gather(x, indices, 1)),
  scatterAdd: (x) => core.square(core.scatterAdd(x, indices, 2, 1)),
  oneHot: (x) => mul(x, core.oneHot(tensor([2, 0], 'int32'), 3, 'float64')),
  random: (x) => mul(x, core.randomNormal(key, [2, 3], 'float64')),
}

const x = input('x', [2, 3], 'float64')
const y = input('y', [2, 3], 'float64')

test.each(Object.keys(rules) as core.Op[])('%s: the derivative is what central differences come to', (op) => {
  const built = builds[op](x, y)
  fc.assert(
    fc.property(fc.nat(1_000_000), (from) => {
      const [at, along] = ['at', 'along'].map((name) => ({
        x: normals(from, `${name} x`, [2, 3]),
        y: normals(from, `${name} y`, [2, 3]),
      })) as [Record<'x' | 'y', Tensor>, Record<'x' | 'y', Tensor>]
      const moved = (t: number) => ({ x: add(at.x, mul(along.x, t)), y: add(at.y, mul(along.y, t)) })
      const values = (t: number) => toArray(evaluate(built, moved(t)))
      const quotient = (step: number, index: number) => {
        const [ahead, behind, far, farBehind] = [1, -1, 2, -2].map(
          (steps) => values(steps * step)[index] ?? 0,
        )
        return (8 * ((ahead ?? 0) - (behind ?? 0)) - ((far ?? 0) - (farBehind ?? 0))) / (12 * step)
      }
      const directions = [
        [x, along.x],
        [y, along.y],
      ] as const
      const exact = toArray(evaluate(derivative(built, directions), at))
      const wrong = Array.from(exact, (value, index) => ({
        value,
        coarse: quotient(2e-4, index),
        fine: quotient(1e-4, index),
      }))
        // A step across a kink or a jump compares two functions; the quotients then differ.
        .filter(({ coarse, fine }) => Math.abs(coarse - fine) < 1e-6 * Math.max(1, Math.abs(fine)))
        .filter(({ value, fine }) => Math.abs(value - fine) > 1e-6 * Math.max(1, Math.abs(fine)))
      expect(wrong).toEqual([])
    }),
    { numRuns: 30 },
  )
})

test('what does not move has a derivative of zeros, int32 tensors among it', () => {
  const tree = derivative({ still: add(y, 1), whole: core.argmax(x) }, [[x, ones([2, 3], 'float64')]])
  const values = evaluate(tree, { x: ones([2, 3], 'float64'), y: ones([2, 3], 'float64') })
  expect(toNested(values.still)).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ])
  expect(values.whole.dtype).toBe('int32')
  expect(leaves(values)).toHaveLength(2)
})

test('a shared expression is differentiated once', () => {
  let doubled: Tensor = tensor(1, 'float64')
  const start = doubled
  for (let step = 0; step < 60; step++) doubled = add(doubled, doubled)
  expect(toNumber(derivative(doubled, [[start, tensor(1, 'float64')]]))).toBe(2 ** 60)
})

test('an expression of any depth is differentiated', () => {
  let deep: Tensor = x
  for (let step = 0; step < 20_000; step++) deep = add(deep, 1)
  const tangent = derivative(deep, [[x, ones([2, 3], 'float64')]])
  expect(toNested(evaluate(tangent, { x: ones([2, 3], 'float64') }))).toEqual([
    [1, 1, 1],
    [1, 1, 1],
  ])
})

test('a direction of another form is refused', () => {
  expect(() => derivative(x, [[x, ones([3, 2], 'float64')]])).toThrow(
    new TypeError('derivative: a direction of float64 [2, 3] must be of that form, not float64 [3, 2]'),
  )
})
