import {
  abs,
  affine,
  graphFrom,
  l2,
  leaves,
  min,
  objectiveFrom,
  relu,
  seed,
  sequentialFrom,
  softmaxCrossEntropy,
  toArray,
  toNumber,
  valueAndGradient,
  type Layer,
  type LayerInput,
  type Net,
  type Tensor,
  type TreeRecord,
  lookupAny,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bitsOf } from '../testing/bits.ts'
import { compare, reach, worstRelativeError } from '../testing/centralDifference.ts'
import { normals, randomLabels } from '../testing/normals.ts'
import { unwrap } from '../testing/unwrap.ts'

interface Sizes {
  readonly N: number
  readonly D: number
  readonly H: number
  readonly C: number
}

const size = fc.integer({ min: 1, max: 6 })

const sizes: fc.Arbitrary<Sizes> = fc.oneof(
  fc.record({ N: size, D: size, H: size, C: size }),
  fc.record({ N: fc.constant(1), D: size, H: size, C: size }),
  fc.record({ N: size, D: size, H: size, C: fc.constant(2) }),
  fc.record({ N: size, D: size, H: fc.constant(1), C: size }),
  // Where a transpose too many or too few still fits.
  size.map((n) => ({ N: n, D: n, H: n, C: n })),
  fc.constant({ N: 5, D: 4, H: 10, C: 3 }),
)

const strengths = fc.constantFrom(0, 1 / 1024, 0.25, 2)

const hiddenLayer = (D: number, H: number): Net => unwrap(sequentialFrom(['N', D], [['fc1', affine(D, H)]]))

function twoLayerNet({ D, H, C }: Sizes, reg: number): Layer {
  const net = unwrap(
    sequentialFrom(
      ['N', D],
      [
        ['fc1', affine(D, H)],
        ['relu', relu()],
        ['fc2', affine(H, C)],
      ],
    ),
  )
  return unwrap(objectiveFrom(net, softmaxCrossEntropy(C), { 'fc1.W': l2(reg), 'fc2.W': l2(reg) }))
}

const problem = fc.record({
  shape: sizes,
  reg: strengths,
  from: fc.nat(1_000_000),
  scale: fc.constantFrom(1, 0.1, 3),
})

function draw({ N, D, H, C }: Sizes, from: number, scale: number) {
  const params = {
    fc1: { W: normals(from, 'W1', [D, H], scale), b: normals(from, 'b1', [H]) },
    fc2: { W: normals(from, 'W2', [H, C], scale), b: normals(from, 'b2', [C]) },
  }
  return { params, input: { input: normals(from, 'X', [N, D]), labels: randomLabels(from, N, C) } }
}

/** Whether every hidden unit keeps its side of the kink while one number of the net or the input is moved. */
function isAwayFromKinks(shape: Sizes, params: TreeRecord, input: { readonly input: Tensor }): boolean {
  const { output } = hiddenLayer(shape.D, shape.H).forward({ fc1: params['fc1'] ?? {} }, input.input)
  const factors = [...toArray(input.input), ...toArray(lookupAny(params, 'fc1.W'))].map(Math.abs)
  return toNumber(min(abs(output))) > reach * Math.max(1, ...factors)
}

/** The formulas of docs/two-layer-net.md in plain loops. */
function lossByHand(params: TreeRecord, input: LayerInput, { N, D, H, C }: Sizes, reg: number): number {
  const [W1, b1, W2, b2] = ['fc1.W', 'fc1.b', 'fc2.W', 'fc2.b'].map((path) =>
    toArray(lookupAny(params, path)),
  )
  const [X, y] = [lookupAny(input, 'input'), lookupAny(input, 'labels')].map(toArray)
  const at = (values: ArrayLike<number> | undefined, index: number) => values?.[index] ?? Number.NaN
  const indices = (count: number) => Array.from({ length: count }, (_, index) => index)
  const total = (terms: readonly number[]) => terms.reduce((sum, term) => sum + term, 0)
  const losses = indices(N).map((i) => {
    const p1 = indices(H).map((h) =>
      Math.max(0, total(indices(D).map((d) => at(X, i * D + d) * at(W1, d * H + h))) + at(b1, h)),
    )
    const z2 = indices(C).map(
      (c) => total(indices(H).map((h) => (p1[h] ?? 0) * at(W2, h * C + c))) + at(b2, c),
    )
    return Math.log(total(z2.map((z) => Math.exp(z - at(z2, at(y, i))))))
  })
  const squares = (values: ArrayLike<number> | undefined) =>
    total(Array.from(values ?? [], (value) => value ** 2))
  return total(losses) / N + reg * squares(W1) + reg * squares(W2)
}

describe('the two-layer net', () => {
  test('has the loss of its formula', () => {
    fc.assert(
      fc.property(problem, ({ shape, reg, from, scale }) => {
        const { params, input } = draw(shape, from, scale)
        const { value } = valueAndGradient(twoLayerNet(shape, reg))(params, input)
        const expected = lossByHand(params, input, shape, reg)
        expect(Math.abs(toNumber(value) - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, expected))
      }),
    )
  })

  test('has gradients that agree with central differences', () => {
    fc.assert(
      fc.property(problem, ({ shape, reg, from, scale }) => {
        const { params, input } = draw(shape, from, scale)
        fc.pre(isAwayFromKinks(shape, params, input))
        const evaluateAt = valueAndGradient(twoLayerNet(shape, reg))
        const entries = compare(params, evaluateAt(params, input).gradients, (at) =>
          toNumber(evaluateAt(at, input).value),
        )
        const { D, H, C } = shape
        expect(entries).toHaveLength(D * H + H + H * C + C)
        expect(worstRelativeError(entries)).toBeLessThan(1e-7)
      }),
    )
  })

  test('has a gradient by its input that agrees with central differences', () => {
    fc.assert(
      fc.property(problem, ({ shape, reg, from, scale }) => {
        const { params, input } = draw(shape, from, scale)
        fc.pre(isAwayFromKinks(shape, params, input))
        const loss = twoLayerNet(shape, reg)
        const { cache } = loss.forward(params, input)
        const { dInput } = loss.backward(params, cache, normals(0, 'dL', []))
        const dL = toNumber(normals(0, 'dL', []))
        const entries = compare(
          { input: input.input },
          dInput as TreeRecord,
          (at) => dL * toNumber(loss.forward(params, { ...input, ...at }).output),
        )
        expect(worstRelativeError(entries)).toBeLessThan(1e-7)
      }),
      { numRuns: 40 },
    )
  })

  test('gives the same with every part a node of one graph', () => {
    fc.assert(
      fc.property(problem, ({ shape, from, scale }) => {
        const { D, H, C } = shape
        const { params, input } = draw(shape, from, scale)
        const whole = unwrap(
          graphFrom({ input: ['N', D], labels: { dtype: 'int32', shape: ['N'] } }, [
            ['fc1', affine(D, H), 'input'],
            ['relu', relu()],
            ['fc2', affine(H, C)],
            ['loss', softmaxCrossEntropy(C), { logits: 'fc2', labels: 'labels' }],
          ]),
        )
        const one = valueAndGradient(whole)(params, input)
        const other = valueAndGradient(twoLayerNet(shape, 0))(params, input)
        expect(toNumber(one.value)).toBe(toNumber(other.value))
        for (const [path, gradient] of leaves(one.gradients))
          expect(Array.from(toArray(gradient))).toEqual(
            Array.from(toArray(lookupAny(other.gradients, path)), (value) => value + 0),
          )
      }),
      { numRuns: 40 },
    )
  })

  test('changes nothing that it is given', () => {
    fc.assert(
      fc.property(problem, ({ shape, reg, from, scale }) => {
        const { params, input } = draw(shape, from, scale)
        const before = [bitsOf(params), bitsOf(input)]
        valueAndGradient(twoLayerNet(shape, reg))(params, input)
        twoLayerNet(shape, reg).init(seed(from))
        expect([bitsOf(params), bitsOf(input)]).toEqual(before)
      }),
      { numRuns: 20 },
    )
  })
})
