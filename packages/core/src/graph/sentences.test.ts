import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  addition,
  affine,
  graph,
  int32,
  layer,
  objective,
  parallel,
  relu,
  reshape,
  residual,
  sequential,
  shared,
  signature,
  softmaxCrossEntropy,
  l2,
  graphFrom,
  sequentialFrom,
  objectiveFrom,
} from '@pullback/core'

const recorded = readFileSync(new URL('__snapshots__/graph.typetest.txt', import.meta.url), 'utf8')

/** The sentence that the compiler shows in a recorded case. */
function compilerSentence(name: string): string | undefined {
  const record = recorded.split(/^# /m).find((text) => text.startsWith(`${name}\n`))
  return (
    record &&
    /is not assignable to (?:parameter of )?type '"(?<sentence>.*?)"'\./.exec(record)?.groups?.['sentence']
  )
}

/** What plain JavaScript sees of a function whose arguments the types check. */
type Untyped = (...args: readonly unknown[]) => unknown

const js = (f: unknown): Untyped => f as Untyped

const square = layer({
  kind: 'square',
  shape: signature('square', ['N', 4], ['N', 2, 2]),
  params: {},
  forward: (_, x) => ({ output: reshape(x, [-1, 2, 2]), cache: {} }),
  backward: (_, __, dOutput) => ({ dParams: {}, dInput: reshape(dOutput, [-1, 4]) }),
})

const net = sequential(['N', 3072], ['fc1', affine(3072, 50)], ['relu', relu()], ['fc2', affine(50, 10)])
const loss3 = { logits: 'x', labels: 'labels' }

const cases: readonly (readonly [name: string, make: () => unknown])[] = [
  [
    'a layer that takes another size',
    () => js(sequential)(['N', 3072], ['fc1', affine(3072, 50)], ['relu', relu()], ['fc2', affine(49, 10)]),
  ],
  ['a loss of another number of classes', () => js(objective)(net, softmaxCrossEntropy(9))],
  ['a loss that has no prediction', () => js(objective)(net, relu())],
  [
    'the name of an earlier node',
    () => js(sequential)(['N', 3], ['fc1', affine(3, 5)], ['fc1', affine(5, 5)]),
  ],
  ['the name of the input', () => js(sequential)(['N', 3], ['input', affine(3, 5)])],
  ['a name with a dot', () => js(sequential)(['N', 3], ['a.b', affine(3, 5)])],
  ['a name that records treat apart', () => js(sequential)(['N', 3], ['__proto__', affine(3, 5)])],
  ['another rank', () => js(sequential)(['N', 'T', 3], ['a', affine(3, 4)])],
  ['an earlier node that is not there', () => js(graph)(['N', 3], ['enc', affine(3, 5), 'b'])],
  [
    'an earlier node that is not there among several',
    () => js(graph)(['N', 3], ['enc', affine(3, 3)], ['sum', addition('a', 'b'), { a: 'enc', b: 'inputs' }]),
  ],
  ['a shared layer that is not there', () => js(sequential)(['N', 4], ['p', shared('q')])],
  [
    'a shared layer that does not fit',
    () => js(sequential)(['N', 4], ['p', affine(4, 3)], ['q', shared('p')]),
  ],
  [
    'several inputs that do not fit together',
    () =>
      js(graph)(
        { x: ['N', 3], labels: int32('N') },
        ['fc', affine(3, 4), 'x'],
        ['loss', softmaxCrossEntropy(3), { logits: 'fc', labels: 'labels' }],
      ),
  ],
  [
    'two batches',
    () => js(graph)({ x: ['N', 3], labels: int32('M') }, ['loss', softmaxCrossEntropy(3), loss3]),
  ],
  [
    'float labels in a graph',
    () => js(graph)({ x: ['N', 3], labels: ['N'] }, ['loss', softmaxCrossEntropy(3), loss3]),
  ],
  [
    'an input of the layer that is not wired',
    () => js(graph)({ x: ['N', 3] }, ['sum', addition('a', 'b'), { a: 'x' }]),
  ],
  [
    'several inputs and no word which to read',
    () => js(graph)({ x: ['N', 3], y: ['N', 3] }, ['fc', affine(3, 4)]),
  ],
  ['a residual body of another size', () => js(residual)(affine(3, 4))],
  [
    'a net in a net that does not fit',
    () =>
      js(sequential)(
        ['N', 4],
        ['wide', parallel(['N', 4], ['left', affine(4, 2)], ['right', affine(4, 3)])],
        ['fc', affine(6, 3)],
      ),
  ],
  [
    'a branch that does not fit',
    () => js(parallel)(['N', 4], ['left', affine(4, 2)], ['right', affine(3, 3)]),
  ],
  [
    'a branch with labels',
    () =>
      js(parallel)(
        ['N', 4],
        ['left', affine(4, 2)],
        ['right', objective(affine(4, 3), softmaxCrossEntropy(3))],
      ),
  ],
  ['branches that do not join', () => js(parallel)(['N', 4], ['left', affine(4, 2)], ['right', square])],
]

describe('the program says what the compiler says', () => {
  test.each(cases)('%s', (name, make) => {
    const sentence = compilerSentence(name)
    expect(sentence).toBeDefined()
    expect(make).toThrow(new TypeError(sentence))
  })
})

describe('what is built from data', () => {
  test('is a net where it fits', () => {
    expect(graphFrom(['N', 3], [['fc', affine(3, 2)]])._tag).toBe('Right')
    expect(objectiveFrom(affine(3, 2), softmaxCrossEntropy(2), { W: l2(1) })._tag).toBe('Right')
  })

  test.each([
    [() => sequentialFrom(['N', 3], []), 'sequential: a net has at least one node'],
    [
      () => graphFrom({ 'a b': ['N'] }, [['act', relu(), 'a b']]),
      `'a b' is not a name: a name is letters, digits, _ and -, and does not begin with a digit`,
    ],
    [
      () => sequentialFrom(['N', 3], [['', relu()]]),
      `'' is not a name: a name is letters, digits, _ and -, and does not begin with a digit`,
    ],
    [
      () => sequentialFrom(['N', 3], [['1', relu()]]),
      `'1' is not a name: a name is letters, digits, _ and -, and does not begin with a digit`,
    ],
    [
      () => objectiveFrom(affine(3, 2), softmaxCrossEntropy(2), { w: l2(1) }),
      `penalties: there is no parameter 'w' among W, b`,
    ],
    [
      () => objectiveFrom(affine(3, 2), softmaxCrossEntropy(2), { W: affine(2, 1) }),
      `penalties: W: affine(2, 1) gives [3, 1], which is not a scalar`,
    ],
  ])('is a sentence where it does not (%#)', (make, sentence) => {
    expect(make()).toEqual({ _tag: 'Left', left: sentence })
  })
})
