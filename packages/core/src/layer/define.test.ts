import {
  add,
  affine,
  fold,
  gather,
  initialConstant,
  int32,
  layer,
  matmul,
  mul,
  ones,
  parameter,
  randomUniform,
  relu,
  greater,
  cast,
  sameShape,
  scalar,
  scatterAdd,
  seed,
  sequential,
  sequentialFrom,
  signature,
  sum,
  tensor,
  toNested,
  toNumber,
  valueAndGradient,
  zeros,
  type Context,
  type Tensor,
} from '@pullback/core'
import { describe, expect, test } from 'vitest'
import { bitsOf } from '../testing/bits.ts'
import { compareLayer, worstRelativeError } from '../testing/centralDifference.ts'
import { normals } from '../testing/normals.ts'

const wrong = (backward: (x: Tensor) => unknown, output: (x: Tensor) => Tensor = (x) => x) =>
  layer({
    kind: 'wrong',
    shape: signature('wrong', ['N', 2], ['N', 2]),
    params: { s: parameter([2], initialConstant(1)) },
    forward: (_, x) => ({ output: output(x), cache: { x } }),
    backward: (_, { x }) => backward(x) as { dParams: { s: Tensor }; dInput: Tensor },
  })

const attempt = (made: ReturnType<typeof wrong>) => () => {
  const params = { s: ones([2]) }
  const { cache } = made.forward(params, ones([3, 2]))
  return made.backward(params, cache, ones([3, 2]))
}

describe('a layer checks what its author gives back', () => {
  test.each([
    [
      attempt(
        wrong(
          (x) => x,
          (x) => sum(x, { axes: 0 }),
        ),
      ),
      'forward of wrong gives [2], not [3, 2]',
    ],
    [
      attempt(wrong((x) => ({ dParams: {}, dInput: x }))),
      'dParams of wrong should have s [2], which is missing',
    ],
    [
      attempt(wrong((x) => ({ dParams: { s: x }, dInput: x }))),
      'dParams of wrong should have s [2] but has [3, 2]',
    ],
    [
      attempt(wrong((x) => ({ dParams: { s: ones([2]), t: x }, dInput: x }))),
      `dParams of wrong has a tensor 't' that the layer does not declare`,
    ],
    [
      attempt(wrong((x) => ({ dParams: { s: ones([2]) }, dInput: sum(x, { axes: 0 }) }))),
      'backward of wrong should give dInput [N, 2] for dOutput [3, 2] but gives [2]',
    ],
    [
      attempt(wrong((x) => ({ dParams: { s: ones([2]) }, dInput: add(zeros([4, 2]), sum(x)) }))),
      'backward of wrong should give dInput [N, 2] for dOutput [3, 2] but gives [4, 2]',
    ],
    [
      attempt(
        wrong(
          (x) => x,
          (x) => cast(x, 'int32') as never,
        ),
      ),
      'forward of wrong gives int32 [3, 2], not [3, 2]',
    ],
    [
      attempt(wrong((x) => ({ dParams: { s: cast(ones([2]), 'int32') }, dInput: x }))),
      'dParams of wrong should have s [2] but has int32 [2]',
    ],
    [
      attempt(wrong(() => ({ dParams: { s: ones([2]) } }))),
      'backward of wrong should give dInput [N, 2] for dOutput [3, 2] but gives none',
    ],
  ])('%#', (run, sentence) => {
    expect(run).toThrow(new TypeError(sentence))
  })

  test('a forward that gives no cache is refused', () => {
    const careless = layer({
      kind: 'careless',
      shape: sameShape('careless'),
      params: {},
      forward: (_, x) => ({ output: x }) as { output: Tensor; cache: Record<never, never> },
      backward: (_, __, dOutput) => ({ dParams: {}, dInput: dOutput }),
    })
    expect(() => careless.forward({}, ones([2]))).toThrow(
      new TypeError('forward of careless gives no cache; give {} where backward needs nothing from forward'),
    )
  })

  test('a mistake in its functions is headed by the path of the node, and keeps its cause', () => {
    const broken = layer({
      kind: 'broken',
      shape: signature('broken', ['N', 2], ['N', 2]),
      params: {},
      forward: (_, x) => ({ output: x, cache: { x } }),
      backward: (_, { x }, dOutput) => ({ dParams: {}, dInput: matmul(x, dOutput) }),
    })
    const net = sequential(['N', 2], ['inner', sequential(['N', 2], ['bad', broken])])
    const { cache } = net.forward({}, ones([3, 2]))
    const sentence = 'inner.bad: backward of broken: matmul: [3, 2] and [3, 2] do not fit'
    expect(() => net.backward({}, cache, ones([3, 2]))).toThrow(sentence)
  })

  test('a name that cannot stand in a path is refused', () => {
    const dotted = () =>
      layer({
        kind: 'dotted',
        shape: sameShape('dotted'),
        params: { 'a.b': parameter([], initialConstant(1)) },
        forward: (_, x) => ({ output: x, cache: {} }),
        backward: (_, __, dOutput) => ({ dParams: { 'a.b': scalar(0) }, dInput: dOutput }),
      })
    expect(dotted).toThrow(`dotted: of its parameters 'a.b' is not a name`)
  })

  test('what it was declared with can be changed later without changing it', () => {
    const sizes = [2, 3]
    const options = { rate: [1] }
    const made = layer({
      kind: 'declared',
      hyperparameters: options,
      shape: signature('declared', sizes, sizes),
      params: { s: parameter(sizes, initialConstant(1)) },
      forward: (_, x) => ({ output: x, cache: {} }),
      backward: (_, __, dOutput) => ({ dParams: { s: ones([2, 3]) }, dInput: dOutput }),
    })
    const before = JSON.stringify([made.hyperparameters, made.rule.takes, made.parameters])
    sizes[0] = 9
    options.rate[0] = 9
    expect(JSON.stringify([made.hyperparameters, made.rule.takes, made.parameters])).toBe(before)
    expect(Object.isFrozen(made)).toBe(true)
  })

  test.each([
    [['N', -2], `'-2' in [N, -2] is neither a size, a non-negative integer, nor a name for one`],
    [['N', 1.5], `'1.5' in [N, 1.5] is neither a size, a non-negative integer, nor a name for one`],
    [['', 2], `'' in [, 2] is neither a size, a non-negative integer, nor a name for one`],
    [['...', '...'], `'...' stands more than once in [..., ...]`],
    [[1, 1, 1, 1, 1, 1, 1], '[1, 1, 1, 1, 1, 1, 1] has 7 dimensions, and a tensor at most 6'],
  ])('a pattern that no tensor can have is refused: %j', (pattern, sentence) => {
    expect(() => signature('odd', pattern, [])).toThrow(new TypeError(`odd: ${sentence}`))
    expect(sequentialFrom(pattern, [['act', relu()]])).toEqual({
      _tag: 'Left',
      left: `the input input: ${sentence}`,
    })
  })

  test.each([
    [[1, 2], 'its input is an array'],
    [3, 'its input is number'],
    [{ a: [1] }, 'the input a is an array'],
  ])('what is given in the place of a tensor is refused: %j', (given, sentence) => {
    expect(() => affine(2, 3).forward(affine(2, 3).init(seed(0)), given as never)).toThrow(
      `affine(2, 3): ${sentence}, not a tensor; make one with tensor or fromValues`,
    )
  })

  test('and what backward is given', () => {
    const fc = affine(2, 3)
    const params = fc.init(seed(0))
    const { cache } = fc.forward(params, ones([4, 2]))
    expect(() => fc.backward(params, cache, ones([4, 2]) as never)).toThrow(
      new TypeError('backward of affine(2, 3) takes dOutput [N, 3] but is given [4, 2]'),
    )
  })
})

describe('a layer of integers', () => {
  const embedding = <const I extends number, const S extends number>(count: I, size: S) =>
    layer({
      kind: 'embedding',
      shape: signature(`embedding(${count}, ${size})`, int32('N'), ['N', size]),
      params: { W: parameter([count, size], initialConstant(1)) },
      forward: ({ W }, ids) => ({ output: gather(W, ids), cache: { ids } }),
      backward: (_, { ids }, dOutput) => ({
        dParams: { W: scatterAdd(dOutput, ids, count) },
        dInput: undefined,
      }),
    })

  test('has gradients by its parameters and none by its input', () => {
    const net = sequential(int32('N'), ['embed', embedding(5, 3)], ['fc', affine(3, 2)])
    const params = net.init(seed(0), { dtype: 'float64' })
    const ids = tensor([1, 4, 1], 'int32')
    const entries = compareLayer(net, params, ids, normals(0, 'dy', [3, 2]))
    expect(worstRelativeError(entries)).toBeLessThan(1e-7)
    const { cache } = net.forward(params, ids)
    expect(net.backward(params, cache, normals(0, 'dy', [3, 2]) as never).dInput).toBeUndefined()
  })
})

describe('a layer that needs randomness', () => {
  const dropout = layer({
    kind: 'dropout',
    shape: sameShape('dropout'),
    params: {},
    forward: (_, x, { key, mode }) => {
      if (mode === 'predict') return { output: x, cache: { mask: ones([]) as Tensor } }
      const mask = cast(greater(randomUniform(key, x.shape, x.dtype), 0.5), x.dtype)
      return { output: mul(x, mask), cache: { mask } }
    },
    backward: (_, { mask }, dOutput) => ({ dParams: {}, dInput: mul(dOutput, mask) }),
  })
  const net = sequential(['N', 50], ['a', dropout], ['b', dropout])
  const run = (context: Context) => bitsOf(net.forward({}, ones([4, 50]), context).output)

  test('gives the same for one key, something else for another', () => {
    expect(run({ key: seed(1) })).toEqual(run({ key: seed(1) }))
    expect(run({ key: seed(1) })).not.toEqual(run({ key: fold(seed(1), 2) }))
  })

  test('draws apart in every node', () => {
    const { cache } = net.forward({}, ones([4, 50]), { key: seed(1) })
    const { a, b } = cache as unknown as { a: { mask: Tensor }; b: { mask: Tensor } }
    expect(bitsOf(a.mask)).not.toEqual(bitsOf(b.mask))
  })

  test('gets by without a key where it draws nothing, and asks for one where it does', () => {
    expect(run({ mode: 'predict' })).toEqual(bitsOf(ones([4, 50])))
    expect(() => run({})).toThrow(
      new TypeError(`evaluate: input 'key of a' [2] is given no value; bind it by its name`),
    )
  })
})

describe('a layer with state', () => {
  const counter = layer({
    kind: 'counter',
    shape: sameShape('counter'),
    params: {},
    state: { steps: scalar(0) },
    forward: (_, x, { state }) => ({ output: x, cache: {}, state: { steps: add(state.steps, 1) } }),
    backward: (_, __, dOutput) => ({ dParams: {}, dInput: dOutput }),
  })
  const total = layer({
    kind: 'total',
    shape: signature('total', ['...'], []),
    params: {},
    forward: (_, x) => ({ output: sum(x), cache: { x } }),
    backward: (_, { x }, dOutput) => ({ dParams: {}, dInput: mul(add(mul(x, 0), 1), dOutput) }),
  })

  test('returns it under the name of its node, and begins with what it is given', () => {
    const inner = sequential(['N', 2], ['constructor', counter])
    const net = sequential(['N', 2], ['inner', inner], ['total', total])
    expect(
      toNested((net.initialState as { inner: { constructor: { steps: Tensor } } }).inner.constructor.steps),
    ).toBe(0)
    const first = valueAndGradient(net)({}, ones([3, 2]))
    const second = valueAndGradient(net)({}, ones([3, 2]), { state: first.state })
    const after = second.state as { inner: { constructor: { steps: Tensor } } }
    expect(toNumber(after.inner.constructor.steps)).toBe(2)
    expect(toNumber(second.value)).toBe(6)
  })
})
