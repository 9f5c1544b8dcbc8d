import {
  add,
  addition,
  graphFrom,
  identity,
  residual,
  parallel,
  affine,
  relu,
  seed,
  sequential,
  sequentialFrom,
  shared,
  type AnyTensor,
  type Net,
  type Tensor,
  type TreeRecord,
  lookupAny,
  zeros,
  zipTrees,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bitsOf } from '../testing/bits.ts'
import { compareLayer, worstRelativeError } from '../testing/centralDifference.ts'
import { anyLayer, smoothLayer, squareMap, tanhLayer } from '../testing/layers.ts'
import { normals } from '../testing/normals.ts'
import { sizeArbitrary } from '../testing/sizes.ts'
import { unwrap } from '../testing/unwrap.ts'

const row = (size: number, ...layers: readonly (readonly [string, Net])[]): Net =>
  unwrap(sequentialFrom(['N', size], layers))

/** Forward and backward of a net at one point, as bits, with the parameters renamed by `rename`. */
function run(net: Net, params: TreeRecord, x: Tensor, dOutput: Tensor) {
  const { output, cache } = net.forward(params, x)
  const { dParams, dInput } = net.backward(params, cache, dOutput)
  return { output: bitsOf(output), dParams, dInput: bitsOf(dInput as Tensor) }
}

const three = sizeArbitrary.chain((size) =>
  fc.record({
    size: fc.constant(size),
    N: fc.integer({ min: 0, max: 4 }),
    layers: fc.tuple(anyLayer(size), anyLayer(size), anyLayer(size)),
    from: fc.nat(1_000_000),
  }),
)

describe('layers under composition', () => {
  test('associate: (f g) h = f (g h), forward and backward, to the bit', () => {
    fc.assert(
      fc.property(three, ({ size, N, layers: [f, g, h], from }) => {
        const left = row(size, ['fg', row(size, ['f', f], ['g', g])], ['h', h])
        const right = row(size, ['f', f], ['gh', row(size, ['g', g], ['h', h])])
        const [pf, pg, ph] = [f, g, h].map((layer, index) =>
          layer.init(seed(from + index), { dtype: 'float64' }),
        )
        const filled = (records: Record<string, TreeRecord | undefined>): TreeRecord =>
          Object.fromEntries(
            Object.entries(records).flatMap(([name, record]) =>
              record && Object.keys(record).length > 0 ? [[name, record]] : [],
            ),
          )
        const x = normals(from, 'x', [N, size])
        const dy = normals(from, 'dy', [N, size])
        const a = run(left, filled({ fg: filled({ f: pf, g: pg }), h: ph }), x, dy)
        const b = run(right, filled({ f: pf, gh: filled({ g: pg, h: ph }) }), x, dy)
        expect(a.output).toEqual(b.output)
        expect(a.dInput).toEqual(b.dInput)
        const leavesOf = (tree: TreeRecord) => bitsOf(tree).map((bits) => bits.replace(/^(fg|gh)\./, ''))
        expect(leavesOf(a.dParams).toSorted()).toEqual(leavesOf(b.dParams).toSorted())
      }),
    )
  })

  test('have a neutral element: the identity before or after changes no bit', () => {
    fc.assert(
      fc.property(three, ({ size, N, layers: [f], from }) => {
        const params = row(size, ['f', f]).init(seed(from), { dtype: 'float64' })
        const x = normals(from, 'x', [N, size])
        const dy = normals(from, 'dy', [N, size])
        const alone = run(row(size, ['f', f]), params, x, dy)
        for (const net of [
          row(size, ['id', identity()], ['f', f]),
          row(size, ['f', f], ['id', identity()]),
        ]) {
          const padded = run(net, params, x, dy)
          expect(padded.output).toEqual(alone.output)
          expect(padded.dInput).toEqual(alone.dInput)
          expect(bitsOf(padded.dParams)).toEqual(bitsOf(alone.dParams))
        }
      }),
    )
  })

  test('have the composite of the backwards as backward of the composite', () => {
    fc.assert(
      fc.property(three, ({ size, N, layers: [f, g], from }) => {
        const pf = f.init(seed(from), { dtype: 'float64' })
        const pg = g.init(seed(from + 1), { dtype: 'float64' })
        const x = normals(from, 'x', [N, size])
        const dz = normals(from, 'dz', [N, size])
        const first = f.forward(pf, x)
        const second = g.forward(pg, first.output)
        const backG = g.backward(pg, second.cache, dz)
        const backF = f.backward(pf, first.cache, backG.dInput as Tensor)
        const params = Object.fromEntries(
          [
            ['f', pf],
            ['g', pg],
          ].filter(([, p]) => Object.keys(p as object).length > 0),
        )
        const whole = run(row(size, ['f', f], ['g', g]), params as TreeRecord, x, dz)
        expect(whole.output).toEqual(bitsOf(second.output))
        expect(whole.dInput).toEqual(bitsOf(backF.dInput as Tensor))
        const parts = Object.fromEntries(
          [
            ['f', backF.dParams],
            ['g', backG.dParams],
          ].filter(([, p]) => Object.keys(p as object).length > 0),
        )
        expect(bitsOf(whole.dParams)).toEqual(bitsOf(parts as TreeRecord))
      }),
    )
  })
})

describe('fan-out', () => {
  test('sums the gradients of all that read a node', () => {
    fc.assert(
      fc.property(three, ({ size, N, layers: [f, g], from }) => {
        const net = unwrap(
          graphFrom(
            ['N', size],
            [
              ['f', f, 'input'],
              ['g', g, 'input'],
              ['sum', addition('a', 'b'), { a: 'f', b: 'g' }],
            ],
          ),
        )
        const params = net.init(seed(from), { dtype: 'float64' })
        const x = normals(from, 'x', [N, size])
        const dy = normals(from, 'dy', [N, size])
        const alone = (name: string, layer: Net) => {
          const own = (params[name] ?? {}) as TreeRecord
          return layer.backward(own, layer.forward(own, x).cache, dy).dInput as Tensor
        }
        expect(run(net, params, x, dy).dInput).toEqual(bitsOf(add(alone('g', g), alone('f', f))))
      }),
    )
  })

  test('a node read by one layer as two inputs receives both gradients', () => {
    const net = unwrap(graphFrom(['N', 2], [['double', addition('a', 'b'), { a: 'input', b: 'input' }]]))
    const dy = normals(1, 'dy', [3, 2])
    expect(run(net, {}, normals(1, 'x', [3, 2]), dy).dInput).toEqual(bitsOf(add(dy, dy)))
  })
})

describe('a layer used twice', () => {
  test('has one set of parameters, whose gradient is the sum of both uses', () => {
    fc.assert(
      fc.property(three, ({ size, N, from }) => {
        const once = squareMap(size)
        const tied = unwrap(
          sequentialFrom(
            ['N', size],
            [
              ['a', once],
              ['act', tanhLayer()],
              ['b', shared('a')],
            ],
          ),
        )
        const apart = row(size, ['a', once], ['act', tanhLayer()], ['b', once])
        const params = tied.init(seed(from), { dtype: 'float64' })
        expect(Object.keys(params)).toEqual(['a'])
        const x = normals(from, 'x', [N, size])
        const dy = normals(from, 'dy', [N, size])
        const both = run(apart, { a: params['a'] ?? {}, b: params['a'] ?? {} }, x, dy)
        const tiedRun = run(tied, params, x, dy)
        expect(tiedRun.output).toEqual(both.output)
        expect(tiedRun.dInput).toEqual(both.dInput)
        const { a = {}, b = {} } = both.dParams
        expect(bitsOf(tiedRun.dParams['a'] ?? {})).toEqual(bitsOf(zipTrees(b, a, add)))
      }),
    )
  })
})

describe('gradients of random nets agree with central differences', () => {
  const nets = sizeArbitrary.chain((size) =>
    fc.record({
      size: fc.constant(size),
      N: fc.integer({ min: 1, max: 3 }),
      from: fc.nat(1_000_000),
      // Each node reads any earlier ones; every third adds two of them.
      nodes: fc.array(fc.tuple(smoothLayer(size), fc.nat(), fc.nat()), { minLength: 1, maxLength: 6 }),
    }),
  )

  test('with fan-out, dead ends and nets in nets', () => {
    fc.assert(
      fc.property(nets, ({ size, N, from, nodes }) => {
        const name = (index: number, before: number) => {
          const at = index % (before + 1)
          return at === 0 ? 'input' : `n${at - 1}`
        }
        const entries = nodes.map(([layer, first, second], index) =>
          index % 3 === 2
            ? ([`n${index}`, addition('a', 'b'), { a: name(first, index), b: name(second, index) }] as const)
            : ([
                `n${index}`,
                index % 2 === 1 ? row(size, ['inner', layer]) : layer,
                name(first, index),
              ] as const),
        )
        const net = unwrap(graphFrom(['N', size], entries))
        const params = net.init(seed(from), { dtype: 'float64' })
        const x = normals(from, 'x', [N, size])
        const dy = normals(from, 'dy', [N, size])
        expect(worstRelativeError(compareLayer(net, params, x, dy))).toBeLessThan(1e-7)
      }),
      { numRuns: 60 },
    )
  })

  test('in residual and parallel blocks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.nat(1_000_000), (N, from) => {
        const net = sequential(
          ['N', 3],
          ['skip', residual(affine(3, 3))],
          ['act', tanhLayer()],
          [
            'wide',
            parallel(['N', 3], ['left', affine(3, 2)], ['right', sequential(['M', 3], ['fc', affine(3, 4)])]),
          ],
          ['last', affine(6, 2)],
        )
        const params = net.init(seed(from), { dtype: 'float64' })
        const entries = compareLayer(net, params, normals(from, 'x', [N, 3]), normals(from, 'dy', [N, 2]))
        expect(worstRelativeError(entries)).toBeLessThan(1e-7)
      }),
      { numRuns: 30 },
    )
  })
})

test('an input that nothing reads has a gradient of zeros', () => {
  const net = unwrap(graphFrom({ x: ['N', 2], unused: ['N', 5] }, [['act', relu(), 'x']]))
  const input = { x: normals(0, 'x', [3, 2]), unused: normals(0, 'u', [3, 5]) }
  const { cache } = net.forward({}, input)
  const { dInput } = net.backward({}, cache, normals(0, 'dy', [3, 2]))
  const { x, unused } = dInput as Readonly<Record<string, Tensor>>
  expect(bitsOf(unused as Tensor)).toEqual(bitsOf(zeros([3, 5], 'float64')))
  expect(x?.shape).toEqual([3, 2])
})

test('the parameters of a node that leads nowhere have gradients of zeros', () => {
  const net = unwrap(
    graphFrom(
      ['N', 2],
      [
        ['dead', affine(2, 3), 'input'],
        ['act', relu(), 'input'],
      ],
    ),
  )
  const params = net.init(seed(0), { dtype: 'float64' })
  const { cache } = net.forward(params, normals(0, 'x', [4, 2]))
  const { dParams } = net.backward(params, cache, normals(0, 'dy', [4, 2]))
  expect(lookupAny(dParams, 'dead.W').shape).toEqual([2, 3])
  expect(bitsOf(lookupAny(dParams, 'dead.b'))).toEqual(bitsOf(zeros([3], 'float64')))
})

test('whoever observes a net sees the output of every node, in nets within it too', () => {
  const inner = sequential(['N', 2], ['act', relu()])
  const net = sequential(['N', 2], ['fc', affine(2, 2)], ['inner', inner])
  const seen = new Map<string, Tensor>()
  const params = net.init(seed(0), { dtype: 'float64' })
  const observe = (path: string, output: AnyTensor) => seen.set(path, output as Tensor)
  const { output } = net.forward(params, normals(0, 'x', [3, 2]) as never, { observe })
  expect([...seen.keys()]).toEqual(['fc', 'inner.act', 'inner'])
  expect(seen.get('inner.act')).toBe(output)
})

test('a cache that is not that of forward is refused, and not taken for a gradient of zeros', () => {
  const net = sequential(['N', 2], ['fc', affine(2, 2)])
  const params = net.init(seed(0), { dtype: 'float64' })
  expect(() => net.backward(params, {}, normals(0, 'dy', [3, 2]) as never)).toThrow(
    new TypeError("the cache has nothing of node 'fc'; give backward the cache that forward gave"),
  )
})

test('what a net was built from can be changed later without changing it', () => {
  const input: (string | number)[] = ['N', 2]
  const net = unwrap(sequentialFrom(input, [['fc', affine(2, 2)]]))
  input[1] = 3
  expect([net.rule.takes, net.graph?.inputs]).toEqual([
    ['N', 2],
    ['N', 2],
  ])
  expect(Object.isFrozen(net.graph?.nodes)).toBe(true)
})
