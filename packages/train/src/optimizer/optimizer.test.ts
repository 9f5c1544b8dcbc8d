import {
  evaluate,
  fromValues,
  input,
  leaves,
  mapTree,
  scalar,
  tensor,
  toArray,
  toNested,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applyUpdates,
  chain,
  exponentialDecay,
  momentum,
  nesterov,
  scale,
  scaleBySchedule,
  sgd,
  stepDecay,
  type Optimizer,
} from '../index.ts'
import { beta, descend, learningRate, quadratic, valueAt, type Quadratic } from './descent.arbitrary.ts'

const steps = 12

/** The same descent by loops over arrays, the rate at step t given by a function. */
function naive(
  { curvature, start }: Quadratic,
  rate: (t: number) => number,
  keep: number,
  look: (g: number, v: number) => number,
): number[][] {
  const points = [[...start]]
  const velocity = start.map(() => 0)
  for (let t = 0; t < steps; t++) {
    const x = [...(points.at(-1) ?? [])]
    for (const [i, xi] of x.entries()) {
      const g = (curvature[i] ?? 0) * xi
      const v = keep * (velocity[i] ?? 0) + g
      velocity[i] = v
      x[i] = xi - rate(t) * look(g, v)
    }
    points.push(x)
  }
  return points
}

/** The largest distance between coordinates of two lists of points. */
const distance = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number =>
  Math.max(
    Math.abs(a.length - b.length),
    ...a.flatMap((point, row) => point.map((value, i) => Math.abs(value - (b[row]?.[i] ?? Number.NaN)))),
  )

describe('optimizers visit the points that loops over arrays visit', () => {
  const cases = fc.tuple(quadratic, learningRate, beta)

  it('sgd', () => {
    fc.assert(
      fc.property(cases, ([problem, rate]) => {
        const wanted = naive(
          problem,
          () => rate,
          0,
          (g) => g,
        )
        expect(distance(descend(sgd(rate), problem, steps, applyUpdates), wanted)).toBeLessThan(1e-12)
        expect(distance(descend(sgd(rate), problem, steps, applyUpdates, 'float32'), wanted)).toBeLessThan(
          1e-4,
        )
      }),
    )
  })

  it('momentum', () => {
    fc.assert(
      fc.property(cases, ([problem, rate, keep]) => {
        const wanted = naive(
          problem,
          () => rate,
          keep,
          (_, v) => v,
        )
        const optimizer = chain(momentum(keep), sgd(rate))
        expect(distance(descend(optimizer, problem, steps, applyUpdates), wanted)).toBeLessThan(1e-12)
        expect(distance(descend(optimizer, problem, steps, applyUpdates, 'float32'), wanted)).toBeLessThan(
          1e-3,
        )
      }),
    )
  })

  it('nesterov', () => {
    fc.assert(
      fc.property(cases, ([problem, rate, keep]) => {
        const wanted = naive(
          problem,
          () => rate,
          keep,
          (g, v) => g + keep * v,
        )
        expect(
          distance(descend(chain(nesterov(keep), sgd(rate)), problem, steps, applyUpdates), wanted),
        ).toBeLessThan(1e-12)
      }),
    )
  })

  it('schedules', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 5 }), ([problem, rate, keep], every) => {
        const smooth = chain(momentum(keep), sgd(exponentialDecay(rate, { rate: 0.75, steps: every })))
        const smoothly = naive(
          problem,
          (t) => rate * 0.75 ** (t / every),
          keep,
          (_, v) => v,
        )
        expect(distance(descend(smooth, problem, steps, applyUpdates), smoothly)).toBeLessThan(1e-12)
        const stairs = chain(scaleBySchedule(stepDecay(rate, { factor: 0.5, every })), scale(-1))
        const inStairs = naive(
          problem,
          (t) => rate * 0.5 ** Math.floor(t / every),
          0,
          (g) => g,
        )
        expect(distance(descend(stairs, problem, steps, applyUpdates), inStairs)).toBeLessThan(1e-12)
      }),
    )
  })
})

const named: readonly (readonly [string, Optimizer])[] = [
  ['sgd', sgd(0.25)],
  ['sgd with a schedule', sgd(exponentialDecay(0.25, { rate: 0.99 }))],
  ['momentum', chain(momentum(0.5), sgd(0.25))],
  ['nesterov', chain(nesterov(0.5), sgd(0.25))],
]

describe.each(named)('%s', (_, optimizer) => {
  it('descends a convex quadratic', () => {
    fc.assert(
      fc.property(quadratic, (problem) => {
        const points = descend(optimizer, problem, 40, applyUpdates)
        const [first = 0, last = 0] = [points[0], points.at(-1)].map((x) => valueAt(problem, x ?? []))
        expect(last).toBeLessThanOrEqual(first === 0 ? 0 : 0.9 * first)
      }),
    )
  })

  it.each(['float32', 'float64'] as const)(
    'is pure, on expressions of %s that have no value yet',
    (dtype) => {
      const params = { fc: { W: input('W', [2, 3], dtype) }, b: input('b', [3], dtype) }
      const gradients = mapTree(params, (x, path) => input(`d${path}`, x.shape, x.dtype))
      const before = optimizer.init(params)
      const state = mapTree(before, (x, path) => input(path, x.shape, x.dtype))
      const { updates, state: after } = optimizer.update(gradients, state, params)
      const form = (tree: Parameters<typeof leaves>[0]) =>
        leaves(tree).map(([path, x]) => [path, x.dtype, x.shape])
      expect(form(updates)).toEqual(form(params))
      expect(form(after)).toEqual(form(before))
      const W = fromValues([1, 2, 3, 4, 5, 6], [2, 3], dtype)
      const b = fromValues([7, 8, 9], [3], dtype)
      const bound = { W, b, 'dfc.W': W, db: b, ...Object.fromEntries(leaves(evaluate(before, { W, b }))) }
      const traced = evaluate(updates, bound)
      const direct = evaluate(
        optimizer.update({ fc: { W }, b }, evaluate(before, { W, b }), { fc: { W }, b }).updates,
      )
      expect(toNested(traced.fc.W)).toEqual(toNested(direct.fc.W))
      expect(toNested(traced.b)).toEqual(toNested(direct.b))
    },
  )
})

describe('chain', () => {
  const params = { b: tensor([1, -2], 'float64') }
  const any = fc.constantFrom(
    momentum(0.5),
    nesterov(0.75),
    scale(-2),
    sgd(stepDecay(1, { factor: 0.5, every: 1 })),
  )

  function twice(optimizer: Optimizer, gradient: readonly number[]) {
    const gradients = { b: fromValues(gradient, [2], 'float64') }
    const first = optimizer.update(gradients, optimizer.init(params), params)
    const second = optimizer.update(gradients, first.state, params)
    return [...toArray(first.updates.b), ...toArray(second.updates.b)]
  }

  it('is associative, with the empty chain as identity', () => {
    fc.assert(
      fc.property(any, any, any, fc.tuple(fc.integer(), fc.integer()), (a, b, c, gradient) => {
        const wanted = twice(chain(a, b, c), gradient)
        expect(twice(chain(chain(a, b), c), gradient)).toEqual(wanted)
        expect(twice(chain(a, chain(b, chain(), c)), gradient)).toEqual(wanted)
        expect(twice(chain(), gradient)).toEqual([...gradient, ...gradient])
      }),
    )
  })
})

describe('mistakes', () => {
  const params = { b: tensor([1]) }
  it.each<[string, () => unknown]>([
    ['sgd: the learning rate is NaN, which is not finite', () => sgd(Number.NaN)],
    ['scale: factor is Infinity, which is not finite', () => scale(Infinity)],
    ['momentum: beta is 1, which is not from 0 to 1 (excluded)', () => momentum(1)],
    ['nesterov: beta is -0.5, which is not from 0 to 1 (excluded)', () => nesterov(-0.5)],
    [
      "momentum: the state has no 'velocity': begin with the state that init gives",
      () => momentum(0.5).update(params, {}, params),
    ],
    [
      'scaleBySchedule: step of the state is not a tensor',
      () => scaleBySchedule(() => scalar(1)).update(params, { step: {} }, params),
    ],
    [
      "chain: '0' of the state is a tensor, not a record",
      () => chain(sgd(1)).update(params, { 0: tensor([1]) }, params),
    ],
    [
      'zipTrees: the trees differ at the root',
      () => applyUpdates<Record<string, typeof params.b>>(params, {}),
    ],
  ])('%s', (sentence, mistake) => {
    expect(mistake).toThrow(sentence)
  })
})
