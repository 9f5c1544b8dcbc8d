import {
  affine,
  cost,
  declaredParameters,
  elementCount,
  input,
  isPattern,
  l2,
  objective,
  relu,
  residual,
  sequential,
  sequentialFrom,
  shapeOf,
  shared,
  showSummary,
  softmaxCrossEntropy,
  summary,
  type AnyTensor,
  type Net,
  type Tree,
  type TreeRecord,
} from '@pullback/core'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { netArbitrary, objectiveArbitrary } from '../render/net.arbitrary.ts'

const twoLayerNet = sequential(
  ['N', 3072],
  ['fc1', affine(3072, 50)],
  ['relu', relu()],
  ['fc2', affine(50, 10)],
)

const block = residual(sequential(['N', 4], ['fc', affine(4, 4)], ['act', relu()]))

/** Parameters of a net as inputs. */
function named(tree: Net['parameters']): TreeRecord {
  const flat = declaredParameters(tree)
  const build = (prefix: string): TreeRecord => {
    const names = new Set(
      flat
        .filter(([path]) => path.startsWith(prefix))
        .map(([path]) => path.slice(prefix.length).split('.')[0] ?? ''),
    )
    return Object.fromEntries(
      [...names].map((name): [string, Tree] => {
        const own = flat.find(([path]) => path === `${prefix}${name}`)
        return [name, own === undefined ? build(`${prefix}${name}.`) : input(own[0], own[1].shape)]
      }),
    )
  }
  return build('')
}

it('counts the parameters that are declared, and the operations of the whole forward expression', () => {
  fc.assert(
    fc.property(netArbitrary, fc.integer({ min: 1, max: 9 }), (net, N) => {
      const { rows, total } = summary(net, { sizes: { N } })
      const declared = declaredParameters(net.parameters).map(([, { shape }]) => elementCount(shape))
      expect(total.parameters).toBe(declared.reduce((sum, count) => sum + count, 0))
      expect(rows.reduce((sum, row) => sum + (row.role === 'net' ? 0 : row.parameters), 0)).toBe(
        total.parameters,
      )

      const patterns = net.rule.takes
      const x = (shape: readonly (number | string)[]): AnyTensor =>
        input(
          'x',
          shape.map((size) => (typeof size === 'number' ? size : N)),
        )
      const { output } = net.forward(named(net.parameters), isPattern(patterns) ? x(shapeOf(patterns)) : {})
      // Nodes that the output does not depend on are in the table, too.
      expect(total.forward).toBeGreaterThanOrEqual(cost(output).flops)
      expect(rows.at(-1)?.shape).toEqual(['N', 3])
    }),
  )
})

it('adds up rows to nets and nets to totals', () => {
  fc.assert(
    fc.property(objectiveArbitrary, (net) => {
      const { rows, total } = summary(net)
      const leaves = rows.filter(({ role }) => role !== 'net')
      for (const key of ['parameters', 'forward', 'backward'] as const)
        expect(leaves.reduce((sum, row) => sum + row[key], 0)).toBe(total[key])
    }),
  )
})

it('is the work of the whole net where the output depends on all of it', () => {
  const { total } = summary(twoLayerNet, { sizes: { N: 7 } })
  const params = named(twoLayerNet.parameters)
  const { output } = (twoLayerNet as Net).forward(params, input('x', [7, 3072]))
  expect(total.forward).toBe(cost(output).flops)
  expect(total.forward).toBe(7 * (2 * 3072 * 50 + 50 + 50 + 2 * 50 * 10 + 10))
})

it('shows a net', () => {
  expect(showSummary(summary(twoLayerNet))).toMatchInlineSnapshot(`
    "node   layer             output     parameters  forward  backward
    -----------------------------------------------------------------
    input  input             [N, 3072]           0        0         0
    fc1    affine(3072, 50)  [N, 50]       153,650  307,250   614,450
    relu   relu              [N, 50]             0       50        50
    fc2    affine(50, 10)    [N, 10]           510    1,010     2,010
    -----------------------------------------------------------------
    total                                  154,160  308,310   616,510
    forward and backward in FLOPs for N = 1"
  `)
})

it('shows nested and shared layers, loss and penalties', () => {
  const net = sequential(['N', 4], ['in', affine(4, 4)], ['block', block], ['again', shared('block')])
  const loss = objective(net, softmaxCrossEntropy(4), { 'in.W': l2(1e-3), 'block.body.fc.W': l2(0.5) })
  expect(showSummary(summary(loss, { sizes: { N: 32 } }))).toMatchInlineSnapshot(`
    "node                        layer                   output  parameters  forward  backward
    -----------------------------------------------------------------------------------------
    input                       input                   [N, 4]           0        0         0
    labels                      input                   [N]              0        0         0
    in                          affine(4, 4)            [N, 4]          20    1,152     2,176
    block                       residual                [N, 4]          20    1,408     2,304
      body                      sequential              [N, 4]          20    1,280     2,304
        fc                      affine(4, 4)            [N, 4]          20    1,152     2,176
        act                     relu                    [N, 4]           0      128       128
      sum                       addition(body, skip)    [N, 4]           0      128         0
    again                       residual = block        [N, 4]           0    1,408     2,304
      body                      sequential              [N, 4]           0    1,280     2,304
        fc                      affine(4, 4)            [N, 4]           0    1,152     2,176
        act                     relu                    [N, 4]           0      128       128
      sum                       addition(body, skip)    [N, 4]           0      128         0
    loss                        softmaxCrossEntropy(4)  []               0      865       512
    penalty on in.W             l2(0.001)               []               0       33        32
    penalty on block.body.fc.W  l2(0.5)                 []               0       33        32
    -----------------------------------------------------------------------------------------
    total                                                               40    4,899     7,360
    forward and backward in FLOPs for N = 32"
  `)
})

it('shows a layer alone, of any shape', () => {
  expect(showSummary(summary(relu()))).toMatchInlineSnapshot(`
    "node   layer  output  parameters  forward  backward
    ---------------------------------------------------
    input  input  [...]            0        0         0
    relu   relu   [...]            0        1         1
    ---------------------------------------------------
    total                          0        1         1
    forward and backward in FLOPs for ... = 1"
  `)
})

it('refuses sizes that no input has', () => {
  expect(() => summary(twoLayerNet, { sizes: { M: 1 } })).toThrow("summary: no input has a size 'M' among N")
  expect(() => summary(twoLayerNet, { sizes: { N: 0 } })).toThrow(
    'summary: the size N must be a positive integer, not 0',
  )
})

it('takes ten thousand layers in its stride', () => {
  const entries = Array.from({ length: 10_000 }, (_, index) => [`n${index}`, affine(2, 2)] as const)
  const net = sequentialFrom(['N', 2], entries)
  if (net._tag === 'Left') throw new Error(net.left)
  expect(summary(net.right).total.parameters).toBe(60_000)
  expect(showSummary(summary(net.right)).split('\n')).toHaveLength(10_006)
})
