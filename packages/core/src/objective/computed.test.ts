import {
  add,
  backendOf,
  cast,
  layer,
  mul,
  predict,
  randomUniform,
  sameShape,
  scalar,
  seed,
  sequential,
  valueAndGradient,
  zeros,
  type Backend,
  type Context,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loss } from '../compile/twoLayerStep.fixture.ts'
import { bitsOf } from '../testing/bits.ts'
import { normals, randomLabels } from '../testing/normals.ts'

/** The reference interpreter under another name, which tells how many programs it has made ready. */
function counted() {
  const reference = backendOf('reference')
  const made = { programs: 0 }
  const backend: Backend = {
    ...reference,
    name: 'counted',
    prepare: (program) => {
      made.programs += 1
      return reference.prepare(program)
    },
  }
  return { backend, made }
}

/** Noise while it is trained, and a count of its steps. */
const noisy = () =>
  layer({
    kind: 'noisy',
    shape: sameShape('noisy'),
    params: {},
    state: { steps: scalar(0) },
    forward: (_, x, { key, mode, state }) => ({
      output: mode === 'train' && key !== undefined ? mul(x, randomUniform(key, x.shape, x.dtype)) : x,
      cache: {},
      state: { steps: add(state.steps, 1) },
    }),
    backward: (_, __, dOutput) => ({ dParams: {}, dInput: dOutput }),
  })

const batch = (rows: number, from = 0) => ({
  input: normals(from, 'X', [rows, 4]) as Tensor<readonly [number, 4]>,
  labels: randomLabels(from, rows, 3),
})

describe('an objective on another backend', () => {
  test('gives the bits of the reference, compiled once for each set of shapes', () => {
    const { backend, made } = counted()
    const [compiled, reference] = [valueAndGradient(loss, { backend }), valueAndGradient(loss)]
    const seen = new Set<string>()
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.nat(99), fc.boolean(), (rows, from, double) => {
        const params = loss.init(seed(from), { dtype: double ? 'float64' : 'float32' })
        const { input, labels } = batch(rows, from)
        const given = { input: double ? input : cast(input, 'float32'), labels }
        seen.add(`${rows} ${double}`)
        expect(bitsOf({ ...compiled(params, given) })).toEqual(bitsOf({ ...reference(params, given) }))
        expect(made.programs).toBe(seen.size)
      }),
    )
  })

  test('does not keep more programs than there is room for', () => {
    const { backend, made } = counted()
    const compiled = valueAndGradient(loss, { backend })
    const params = loss.init(seed(0), { dtype: 'float64' })
    const run = (rows: number) => compiled(params, batch(rows))
    for (let rows = 1; rows <= 40; rows++) run(rows)
    for (let rows = 40; rows > 20; rows--) run(rows)
    expect(made.programs).toBe(40)
    run(1)
    expect(made.programs).toBe(41)
  })
})

describe('a net on another backend', () => {
  const net = sequential(['N', 2], ['first', noisy()], ['second', noisy()])
  const x = normals(3, 'x', [3, 2]) as Tensor<readonly [number, 2]>

  test('is compiled for every mode, and for keys and states that are given', () => {
    const { backend, made } = counted()
    const [compiled, reference] = [predict(net, { backend }), predict(net)]
    const state = { first: { steps: scalar(4) } }
    const contexts: readonly Context[] = [
      {},
      { mode: 'train', key: seed(1) },
      { mode: 'train', key: seed(2) },
      { mode: 'predict', key: seed(2) },
      { state },
      { state: { first: { steps: scalar(5) } } },
    ]
    for (const context of contexts)
      expect(bitsOf(compiled({}, x, context))).toEqual(bitsOf(reference({}, x, context)))
    expect(made.programs).toBe(4)
    expect(bitsOf(compiled({}, x, { mode: 'train', key: seed(1) }))).not.toEqual(
      bitsOf(compiled({}, x, { mode: 'train', key: seed(2) })),
    )
  })

  test('tells who observes, every time', () => {
    const { backend } = counted()
    const told: string[] = []
    const compiled = predict(net, { backend })
    for (let call = 0; call < 2; call++) compiled({}, x, { observe: (path) => told.push(path) })
    expect(told).toEqual(['first', 'second', 'first', 'second'])
  })

  test('says of a wrong shape what the reference says', () => {
    const { backend } = counted()
    const wrong = zeros([3, 5]) as never
    const sentence = (run: () => unknown): unknown => {
      try {
        return run()
      } catch (error) {
        return error
      }
    }
    const expected = sentence(() => predict(net)({}, wrong))
    expect(expected).toBeInstanceOf(TypeError)
    expect(sentence(() => predict(net, { backend })({}, wrong))).toEqual(expected)
  })
})

test('a backend that is not there is missed at once', () => {
  expect(() => predict(loss, { backend: 'wasm' })).toThrow("the backend 'wasm' is not loaded")
  expect(() => valueAndGradient(loss, { backend: 'blas' })).toThrow("the backend 'blas' is not loaded")
})
