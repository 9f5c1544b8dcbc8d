import {
  add,
  affine,
  backendOf,
  cast,
  foldTree,
  layer,
  leaves,
  mul,
  input as symbol,
  objective,
  predict,
  randomUniform,
  relu,
  sameShape,
  scalar,
  seed,
  sequential,
  softmaxCrossEntropy,
  tensor,
  valueAndGradient,
  zeros,
  type Backend,
  type ComputeOptions,
  type Context,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { smallMemory } from '../compile/smallMemory.fixture.ts'
import { loss } from '../compile/twoLayerStep.fixture.ts'
import { elementCount } from '../tensor/shape.ts'
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

describe('the memory of programs', () => {
  const params = loss.init(seed(0), { dtype: 'float64' })
  const sizeOfParams = foldTree(params, 0, (size, { shape }) => size + elementCount(shape))

  test('is freed when they are dropped', () => {
    const { backend, memory } = smallMemory(Infinity)
    const compiled = valueAndGradient(loss, { backend })
    for (let rows = 1; rows <= 40; rows++) compiled(params, batch(rows))
    expect(memory).toMatchObject({ programs: 32, prepared: 40 })
  })

  test('is freed where a first run fails', () => {
    const { backend, memory } = smallMemory(Infinity)
    const compiled = valueAndGradient(loss, { backend })
    const { input } = batch(1)
    expect(() => compiled(params, { input, labels: tensor([7], 'int32') })).toThrow(RangeError)
    expect(memory).toMatchObject({ programs: 0, used: 0 })
  })

  test('holds the parameters of a layer once, and they are written once', () => {
    const { backend, memory } = smallMemory(Infinity)
    const [gradients, values] = [valueAndGradient(loss, { backend }), predict(loss, { backend })]
    gradients(params, batch(1))
    const parameters = memory.written.slice(0, leaves(params).length)
    expect(parameters.reduce((total, size) => total + size, 0)).toBe(sizeOfParams)
    memory.written = []
    for (let rows = 2; rows <= 5; rows++) gradients(params, batch(rows))
    values(params, batch(1))
    expect(memory.written).toEqual([8, 2, 12, 3, 16, 4, 20, 5, 4, 1])
    const other = loss.init(seed(1), { dtype: 'float64' })
    expect(bitsOf({ ...gradients(other, batch(3)) })).toEqual(
      bitsOf({ ...valueAndGradient(loss, { backend: 'reference' })(other, batch(3)) }),
    )
    expect(bitsOf({ ...gradients(params, batch(2)) })).toEqual(
      bitsOf({ ...valueAndGradient(loss, { backend: 'reference' })(params, batch(2)) }),
    )
  })

  test('makes room for the next, whatever layer they are of', () => {
    const other = objective(affine(4, 3), softmaxCrossEntropy(3))
    const start = other.init(seed(2), { dtype: 'float64' })
    const wanted = valueAndGradient(other, { backend: 'reference' })
    const wantedLarge = valueAndGradient(loss, { backend: 'reference' })
    fc.assert(
      fc.property(
        fc.integer({ min: 250, max: 600 }),
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 12 })), { maxLength: 20 }),
        (limit, calls) => {
          const { backend, memory } = smallMemory(limit)
          const compiled = valueAndGradient(other, { backend })
          const large = valueAndGradient(loss, { backend })
          const run = (isLarge: boolean, rows: number) =>
            isLarge ? large(params, batch(rows)) : compiled(start, batch(rows))
          const truth = (isLarge: boolean, rows: number) =>
            isLarge ? wantedLarge(params, batch(rows)) : wanted(start, batch(rows))
          for (const call of calls) expect(bitsOf({ ...run(...call) })).toEqual(bitsOf({ ...truth(...call) }))
          expect(memory.used).toBeLessThanOrEqual(limit)
        },
      ),
      { numRuns: 50 },
    )
  })

  test('is too small for one alone', () => {
    const { backend, memory } = smallMemory(200)
    const compiled = valueAndGradient(loss, { backend })
    compiled(params, batch(1))
    expect(() => compiled(params, batch(100))).toThrow(new RangeError('there is no room for 667 elements'))
    expect(memory).toMatchObject({ programs: 0, used: 0 })
    compiled(params, batch(1))
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

describe('inputs that are wrong', () => {
  const net = sequential(['N', 2], ['fc', affine(2, 3)], ['relu', relu()])
  const params = net.init(seed(0))
  const { b } = params.fc
  const x = zeros([2, 2])
  const labels = tensor([0, 1], 'int32')
  const measured = objective(net, softmaxCrossEntropy(3))
  type Call = readonly [params: unknown, input: unknown]

  const nets: Readonly<Record<string, Call>> = {
    'a string for a parameter': [{ fc: { W: 'x', b } }, x],
    'an array for a parameter': [{ fc: { W: [2, 3], b } }, x],
    'undefined for a parameter': [{ fc: { W: undefined, b } }, x],
    'a parameter that is missing': [{ fc: { b } }, x],
    'null for the parameters': [null, x],
    'nested arrays': [params, [[1, 2]]],
    sizes: [params, [2, 2]],
    'a shape': [params, { shape: [2, 2], dtype: 'float32' }],
    'a typed array': [params, Float32Array.of(1, 2)],
    'a number': [params, 5],
    undefined: [params, undefined],
    'a tensor without values': [params, symbol('q', [2, 2])],
  }
  const objectives: Readonly<Record<string, Call>> = {
    'an array of labels': [params, { input: x, labels: [0, 1] }],
    'a typed array of labels': [params, { input: x, labels: Int32Array.of(0, 1) }],
    'labels of another dtype': [params, { input: x, labels: tensor([0, 1]) }],
    'no labels': [params, { input: x }],
    'labels out of range': [params, { input: x, labels: tensor([0, 3], 'int32') }],
    'an input too many': [params, { input: x, labels, other: x }],
  }

  const thrown = (run: () => unknown): unknown => {
    try {
      return run()
    } catch (error) {
      return error
    }
  }
  const called =
    (fn: (...call: never) => unknown) =>
    (call: Call): unknown =>
      thrown(() => (fn as (...call: Call) => unknown)(...call))

  test.each(Object.entries({ ...nets, ...objectives }))('%s: told as by the reference', (name, call) => {
    const of = (options: ComputeOptions) =>
      called(name in nets ? predict(net, options) : valueAndGradient(measured, options))
    const { backend } = counted()
    const wanted = of({ backend: 'reference' })(call)
    expect(wanted).toBeInstanceOf(Error)
    const compiled = of({ backend })
    expect(compiled(call)).toEqual(wanted)
    // Once more, when a program for the right inputs is there.
    compiled([params, name in nets ? x : { input: x, labels }])
    expect(compiled(call)).toEqual(wanted)
  })

  test('push no program out of the cache', () => {
    const { backend, made } = counted()
    const run = valueAndGradient(measured, { backend })
    run(params, { input: x, labels })
    for (let call = 0; call < 40; call++)
      expect(() =>
        run(params, { input: zeros([call + 3, 2]), labels: tensor(Array(call + 3).fill(3), 'int32') }),
      ).toThrow(RangeError)
    const { programs } = made
    run(params, { input: x, labels })
    expect(made.programs).toBe(programs)
  })

  test('are told of where a key is missing', () => {
    const run = predict(sequential(['N', 2], ['drop', noisy()]), { backend: counted().backend })
    expect(() => run({}, zeros([2, 2]), { mode: 'train' })).toThrow(
      new TypeError('compile: drop draws random numbers, but is given no key; give { key: seed(...) }'),
    )
  })

  test('are named where no layer looks at them', () => {
    const { backend } = counted()
    const run = predict(net, { backend })
    for (const [state, sentence] of [
      [{ fc: 'text' }, "'state.fc' is a string; a tensor or a plain record of tensors is expected"],
      [{ fc: new Map() }, "'state.fc' is an object; a tensor or a plain record of tensors is expected"],
      [{ fc: undefined }, "'state.fc' is undefined; a tensor or a plain record of tensors is expected"],
    ] as const)
      expect(() => run(params, x, { state: state as never })).toThrow(new TypeError(sentence))
  })
})

test('a backend that is not there is missed at once', () => {
  expect(() => predict(loss, { backend: 'wasm' })).toThrow("the backend 'wasm' is not loaded")
  expect(() => valueAndGradient(loss, { backend: 'blas' })).toThrow("the backend 'blas' is not loaded")
})
