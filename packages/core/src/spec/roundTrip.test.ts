import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isLeft } from '#fp/Either'
import {
  addition,
  affine,
  coreKinds,
  declaredParameters,
  evaluate,
  fromSpec,
  graph,
  initialConstant,
  int32,
  isObjective,
  l2,
  leaves,
  objective,
  predict,
  registry,
  relu,
  seed,
  sequential,
  shared,
  softmaxCrossEntropy,
  tensor,
  toArray,
  toSpec,
  valueAndGradient,
  weightScale,
  type AnyTensor,
  type Net,
} from '@pullback/core'
import { initializerArbitrary, netArbitrary, objectiveArbitrary } from './net.arbitrary.ts'

const kinds = registry(...coreKinds)

function readBack(json: unknown): Net {
  const read = fromSpec(kinds)(json)
  if (isLeft(read)) throw new Error(read.left.message)
  return read.right
}

/** Everything of a net that is data. */
const structureOf = (net: Net): unknown => ({
  kind: net.kind,
  hyperparameters: net.hyperparameters,
  rule: [net.rule.title, net.rule.takes, net.rule.gives],
  parameters: net.parameters,
  graph: net.graph && {
    inputs: net.graph.inputs,
    nodes: net.graph.nodes.map(({ layer, ...node }) => ({ ...node, layer: structureOf(layer) })),
  },
  objective: isObjective(net) && [
    structureOf(net.net),
    structureOf(net.loss),
    net.prediction,
    Object.entries(net.penalties).map(([path, penalty]) => [path, structureOf(penalty)]),
  ],
})

const numbersOf = (net: Net) => leaves(net.init(seed(7))).map(([path, drawn]) => [path, toArray(drawn)])

const x = tensor([
  [1, -2, 3],
  [0.5, 0, -1],
])

test('a net read back from its spec is the same net: structure, parameters and outputs, bit for bit', () => {
  fc.assert(
    fc.property(netArbitrary, ({ layer: net }) => {
      const spec = toSpec(net)
      const again = readBack(spec)
      expect(structureOf(again)).toEqual(structureOf(net))
      expect(numbersOf(again)).toEqual(numbersOf(net))
      const output = (one: Net) => toArray(predict(one)(net.init(seed(7)), x))
      expect(output(again)).toEqual(output(net))
      expect(toSpec(again)).toEqual(spec)
      expect(JSON.stringify(toSpec(again))).toBe(JSON.stringify(spec))
    }),
    { numRuns: 150 },
  )
})

test('so is an objective, with its value and gradients', () => {
  fc.assert(
    fc.property(objectiveArbitrary, (loss) => {
      const spec = toSpec(loss)
      const again = readBack(spec)
      expect(structureOf(again)).toEqual(structureOf(loss))
      expect(toSpec(again)).toEqual(spec)
      const judge = (one: Net) => {
        const input = { input: x, labels: tensor([0, 0], 'int32') }
        const { value, gradients } = valueAndGradient(one)(one.init(seed(3)), input)
        return [toArray(value), leaves(gradients).map(([path, tensor]) => [path, toArray(tensor)])]
      }
      expect(judge(again)).toEqual(judge(loss))
    }),
    { numRuns: 100 },
  )
})

test('a spec is plain data that a text holds', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        netArbitrary.map(({ layer: net }) => net),
        objectiveArbitrary,
      ),
      (net) => {
        const spec = toSpec(net)
        const text = JSON.stringify(spec, undefined, 2)
        expect(text).not.toContain('null')
        expect(toSpec(readBack(JSON.parse(text)))).toEqual(JSON.parse(text))
      },
    ),
  )
})

test('initializers are kept', () => {
  fc.assert(
    fc.property(initializerArbitrary, initializerArbitrary, (W, b) => {
      const again = readBack(toSpec(affine(2, 3, { W, b })))
      expect(declaredParameters(again.parameters)).toEqual([
        ['W', { shape: [2, 3], initializer: W }],
        ['b', { shape: [3], initializer: b }],
      ])
    }),
  )
})

test('a spec reads like the code', () => {
  const net = sequential(
    ['N', 4],
    ['fc1', affine(4, 4, { W: weightScale(0.01) })],
    ['relu', relu()],
    ['again', shared('fc1')],
  )
  const initial = { W: { kind: 'weightScale', deviation: 0.01 }, b: { kind: 'constant', value: 0 } }
  const written = {
    kind: 'sequential',
    inputs: ['N', 4],
    nodes: [
      { name: 'fc1', layer: { kind: 'affine', hyperparameters: { inputs: 4, outputs: 4, initial } } },
      { name: 'relu', layer: { kind: 'relu' } },
      { name: 'again', shares: 'fc1' },
    ],
  }
  expect(toSpec(net)).toEqual({ version: 1, net: written })
  expect(toSpec(objective(net, softmaxCrossEntropy(4), { 'fc1.W': l2(0.5) }))).toEqual({
    version: 1,
    net: {
      kind: 'objective',
      net: written,
      loss: { kind: 'softmaxCrossEntropy', hyperparameters: { classes: 4 } },
      penalties: { 'fc1.W': { kind: 'l2', hyperparameters: { reg: 0.5 } } },
    },
  })
})

test('several inputs, int32 ones and wires are kept', () => {
  const net = graph(
    { x: ['N', 3], y: ['N', 3], labels: int32('N') },
    ['sum', addition('a', 'b'), { a: 'x', b: 'y' }],
    ['act', relu()],
    ['loss', softmaxCrossEntropy(3), { logits: 'act', labels: 'labels' }],
  )
  const spec = toSpec(net)
  expect(spec.net).toMatchObject({
    inputs: { x: ['N', 3], y: ['N', 3], labels: { dtype: 'int32', shape: ['N'] } },
    nodes: [{ from: { a: 'x', b: 'y' } }, { name: 'act' }, { from: { logits: 'act', labels: 'labels' } }],
  })
  expect(spec.net).not.toHaveProperty('nodes.1.from')
  expect(structureOf(readBack(spec))).toEqual(structureOf(net))
})

test('an int32 input of one tensor is kept', () => {
  const bare = graph({ labels: int32('N'), logits: ['N', 2] }, [
    'loss',
    softmaxCrossEntropy(2),
    { logits: 'logits', labels: 'labels' },
  ])
  const read = fromSpec(kinds)(JSON.parse(JSON.stringify(toSpec(bare))))
  expect(read).toMatchObject({ right: { rule: { takes: bare.rule.takes } } })
})

test('what JSON cannot hold is a defect of the net, told with its path', () => {
  const odd = affine(2, 2, { b: { kind: 'constant', value: NaN } })
  expect(() => toSpec(sequential(['N', 2], ['fc', odd]))).toThrow(
    'toSpec: net.nodes[0].layer.hyperparameters.initial.b.value: should be a finite number, not NaN',
  )
})

test('a spec of -0 keeps it as data', () => {
  const again = readBack(toSpec(affine(1, 1, { b: initialConstant(-0) })))
  expect(toArray(evaluate(again.init(seed(0)))['b'] as AnyTensor)[0]).toBe(-0)
})

test('a spec does not share data with the net or with what it was read from', () => {
  const spec = JSON.parse(JSON.stringify(toSpec(affine(2, 3))))
  const net = readBack(spec)
  spec.net.hyperparameters.inputs = 9
  expect(net.hyperparameters).toMatchObject({ inputs: 2 })
})
