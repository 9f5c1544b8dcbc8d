import { expect, test } from 'vitest'
import { isLeft } from '#fp/Either'
import { coreKinds, fromSpec, registry } from '@pullback/core'

const read = fromSpec(registry(...coreKinds))

function sentence(json: unknown): string {
  const result = read(json)
  return isLeft(result) ? result.left.message : 'was read'
}

const ofNet = (net: unknown) => sentence({ version: 1, net })

const relu = { kind: 'relu' }

const affine = (inputs: unknown, outputs: unknown, more: object = {}) => ({
  kind: 'affine',
  hyperparameters: { inputs, outputs, ...more },
})

const row = (nodes: unknown, inputs: unknown = ['N', 2]) => ofNet({ kind: 'sequential', inputs, nodes })

const wired = (nodes: unknown, inputs: unknown = ['N', 2]) => ofNet({ kind: 'graph', inputs, nodes })

const act = { name: 'act', layer: relu }

/** An object with a key as only JSON.parse makes it. */
const parsed = (text: string): unknown => JSON.parse(text)

const loss = (classes: number) => ({ kind: 'softmaxCrossEntropy', hyperparameters: { classes } })

const kinds = `the kinds are addition, affine, concat, graph, identity, l2, objective, parallel, relu, residual, sequential, softmaxCrossEntropy`

test('the whole', () => {
  expect(sentence([1, 2])).toBe('the spec should be an object, not [1, 2]')
  expect(sentence(null)).toBe('the spec should be an object, not null')
  expect(sentence(undefined)).toBe('the spec is missing; it should be an object')
  expect(sentence({})).toBe('version: is missing; it should be 1, the version that this library reads')
  expect(sentence({ version: 2, net: relu })).toBe(
    'version: should be 1, the version that this library reads, not 2',
  )
  expect(sentence({ version: '1', net: relu })).toMatch(/^version: .* not "1"$/)
  expect(sentence({ version: 1 })).toBe('net: is missing; it should be a layer')
  expect(sentence({ version: 1, nett: relu })).toBe(
    "net: is missing; it should be a layer; is 'nett' meant to be it?",
  )
  expect(sentence({ version: 1, net: relu, a: 1 })).toBe('a: is not a field of this object')
})

test('kinds', () => {
  expect(ofNet(7)).toBe('net: should be an object, not 7')
  expect(ofNet({})).toBe('net.kind: is missing; it should be the name of a kind of layer')
  expect(ofNet({ kind: 7 })).toBe('net.kind: should be the name of a kind of layer, not 7')
  expect(ofNet({ kind: 'afine' })).toBe(
    `net.kind: there is no kind of layer "afine"; did you mean 'affine'? ${kinds}`,
  )
  expect(ofNet({ kind: 'lstm' })).toBe(`net.kind: there is no kind of layer "lstm"; ${kinds}`)
  for (const kind of ['__proto__', 'constructor', 'prototype', ''])
    expect(ofNet({ kind })).toBe(`net.kind: there is no kind of layer "${kind}"; ${kinds}`)
})

test.each<readonly [unknown, string]>([
  [-3, 'a positive integer, not -3'],
  [0, 'a positive integer, not 0'],
  [2.5, 'a positive integer, not 2.5'],
  ['2', 'a positive integer, not "2"'],
  [2 ** 53, 'a positive integer, not 9007199254740992'],
  [Number.NaN, 'a finite number, not NaN'],
  [Number.POSITIVE_INFINITY, 'a finite number, not Infinity'],
  [() => 1, 'JSON data, not a function'],
  [Symbol('x'), 'JSON data, not a symbol'],
])('a size of %o', (size, wanted) => {
  expect(ofNet(affine(size, 2))).toBe(`net.hyperparameters.inputs: should be ${wanted}`)
})

test('a net too large to draw is read, and one that no tensor can hold is not: reading allocates nothing', () => {
  expect(ofNet(affine(1e7, 1e7))).toBe('was read')
  expect(ofNet(affine(1e9, 1e9))).toBe(
    'net.hyperparameters: parameter: a tensor of shape [1000000000, 1000000000] has too many elements',
  )
})

test('hyperparameters', () => {
  const at = 'net.hyperparameters'
  const initial = (W: unknown) => ofNet(affine(2, 3, { initial: { W } }))
  const initializers = '"constant", "weightScale", "heNormal", "heUniform", "xavierNormal" or "xavierUniform"'
  expect(ofNet({ kind: 'affine' })).toBe(`${at}.inputs: is missing; it should be a positive integer`)
  expect(ofNet({ kind: 'affine', hyperparameters: { inputs: 2, ouputs: 3 } })).toBe(
    `${at}.outputs: is missing; it should be a positive integer; is 'ouputs' meant to be it?`,
  )
  expect(ofNet(affine(2, 3, { inital: {} }))).toBe(
    `${at}.inital: is not a field of this object; did you mean 'initial'?`,
  )
  expect(ofNet({ ...relu, hyperparameter: {} })).toBe(
    "net.hyperparameter: is not a field of this object; did you mean 'hyperparameters'?",
  )
  expect(ofNet({ ...relu, hyperparameters: { a: 1 } })).toBe(`${at}.a: is not a field of this object`)
  expect(ofNet({ ...relu, hyperparameters: null })).toBe(`${at}: should be an object, not null`)
  expect(initial({ kind: 'henormal' })).toBe(
    `${at}.initial.W.kind: should be ${initializers}, not "henormal"; did you mean 'heNormal'?`,
  )
  expect(initial({})).toBe(`${at}.initial.W.kind: is missing; it should be ${initializers}`)
  expect(initial({ kind: 'constant' })).toBe(
    `${at}.initial.W.value: is missing; it should be a finite number`,
  )
  expect(initial({ kind: 'constant', value: 'a' })).toBe(
    `${at}.initial.W.value: should be a finite number, not "a"`,
  )
  expect(initial({ kind: 'heNormal', value: 1 })).toBe(`${at}.initial.W.value: is not a field of this object`)
  expect(initial(3)).toBe(`${at}.initial.W: should be an object, not 3`)
  for (const key of ['__proto__', 'constructor', 'prototype'])
    expect(
      ofNet({ kind: 'affine', hyperparameters: parsed(`{"inputs":1,"outputs":1,"${key}":{"a":1}}`) }),
    ).toBe(`${at}.${key}: is not a field of this object`)
})

test('what a constructor throws', () => {
  const names = (...list: unknown[]) => ofNet({ kind: 'addition', hyperparameters: { names: list } })
  const joined = (...inputs: unknown[]) => ofNet({ kind: 'concat', hyperparameters: { inputs } })
  expect(names('a', 'a')).toBe(
    'net.hyperparameters: addition: takes two or more inputs of different names, not a, a',
  )
  expect(names('a', 2)).toBe('net.hyperparameters.names[1]: should be a string, not 2')
  expect(joined(['a', 1], ['a', 2])).toMatch(/^net\.hyperparameters: concat: takes two or more/)
  expect(joined(['a', 1, 3], ['b', 2])).toBe(
    'net.hyperparameters.inputs[0][2]: is one entry too many for this list',
  )
  expect(joined(['a'], ['b', 2])).toBe(
    'net.hyperparameters.inputs[0][1]: is missing; it should be a positive integer',
  )
})

test('nodes', () => {
  expect(row([])).toBe('net: sequential: a net has at least one node')
  expect(row({})).toBe('net.nodes: should be a list, not {}')
  expect(row([1])).toBe('net.nodes[0]: should be an object, not 1')
  expect(row([{ ...act, from: 'input' }])).toBe('net.nodes[0].from: is not a field of this object')
  expect(row([act, act])).toBe("net: 'act' is the name of an earlier node")
  expect(row([{ name: 'a' }])).toBe('net.nodes[0]: should have either layer or shares, not none')
  expect(row([{ ...act, shares: 'b' }])).toBe('net.nodes[0]: should have either layer or shares, not both')
  expect(row([{ name: 'a', shares: 'b' }])).toBe("net: a: there is no earlier node 'b'")
  expect(row([{ layer: relu }])).toBe('net.nodes[0].name: is missing; it should be a name')
  for (const name of ['__proto__', '3x', '', 'a.b', 'a\nb'])
    expect(row([{ ...act, name }])).toBe(
      `net.nodes[0].name: '${name.replace('\n', ' ')}' is not a name: a name is letters, digits, _ and -, and does not begin with a digit`,
    )
  for (const name of ['constructor', 'prototype']) expect(row([{ ...act, name }])).toBe('was read')
})

test('a shape that does not fit has the sentence of the type checker', () => {
  expect(row([{ name: 'fc', layer: affine(3, 4) }])).toBe(
    'net: fc: affine(3, 4) takes [N, 3] but is given [N, 2]',
  )
  expect(row([act], { dtype: 'int32', shape: ['N'] })).toBe(
    'net: act: relu takes [...] but is given int32 [N]',
  )
  const inner = { kind: 'sequential', inputs: ['N', 2], nodes: [{ name: 'fc', layer: affine(3, 4) }] }
  expect(row([act, { name: 'inner', layer: inner }])).toBe(
    'net.nodes[1].layer: fc: affine(3, 4) takes [N, 3] but is given [N, 2]',
  )
})

test('wires', () => {
  expect(wired([{ ...act, from: 'b' }])).toBe("net: act: there is no earlier node 'b'")
  expect(wired([{ ...act, from: 3 }])).toBe('net.nodes[0].from: should be a string or an object, not 3')
  expect(wired([{ ...act, from: parsed('{"__proto__":"input"}') }])).toMatch(
    /^net\.nodes\[0\]\.from\.__proto__: '__proto__' is not a name/,
  )
  expect(wired([act], { x: ['N'], y: ['N'] })).toBe(
    'net: act: a node after several inputs must say which of them it reads',
  )
})

test('patterns', () => {
  const size = 'should be a non-negative integer, a name or "..."'
  expect(row([act], ['N', -2])).toBe(`net.inputs[1]: ${size}, not -2`)
  expect(row([act], ['N', '2'])).toBe(`net.inputs[1]: ${size}, not "2"`)
  expect(row([act], ['...', 2, '...'])).toMatch(/^net\.inputs: should be a list of at most 6 sizes and one/)
  expect(row([act], [1, 2, 3, 4, 5, 6, 7])).toMatch(/^net\.inputs: .*not \[1, 2, 3, \.\.\.\]$/)
  expect(row([act], { x: ['N'] })).toBe(
    'net.inputs: should be the pattern of one input, such as ["N", 4], not { "x": ["N"] }',
  )
  expect(row([act], { dtype: 'int8', shape: ['N'] })).toBe('net.inputs.dtype: should be "int32", not "int8"')
  expect(wired([act], { x: { dtype: 'float32', shape: [] } })).toBe(
    'net.inputs.x.dtype: should be "int32", not "float32"',
  )
  expect(wired([act], { 'a b': ['N'] })).toMatch(/^net\.inputs\["a b"\]: 'a b' is not a name/)
  expect(wired([act], parsed('{"__proto__":["N"]}'))).toMatch(/^net\.inputs\.__proto__: /)
})

test('residual, parallel and objective', () => {
  const branches = (...list: unknown[]) => ofNet({ kind: 'parallel', inputs: ['N', 2], branches: list })
  const judged = (net: unknown, by: unknown, penalties?: unknown) =>
    ofNet({ kind: 'objective', net, loss: by, ...(penalties !== undefined && { penalties }) })
  expect(ofNet({ kind: 'residual' })).toBe('net.body: is missing; it should be a layer')
  expect(ofNet({ kind: 'residual', body: affine(2, 3) })).toBe(
    'net: residual: the body takes [N, 2] but gives [N, 3]',
  )
  expect(branches(act)).toBe('net: parallel: takes two or more branches')
  expect(branches(act, { name: 'b', layer: affine(4, 3) })).toBe(
    'net: b: affine(4, 3) takes [N, 4] but is given [N, 2]',
  )
  expect(branches(act, { name: 'b', shares: 'act' })).toBe(
    'net.branches[1].layer: is missing; it should be a layer',
  )
  expect(judged(affine(2, 3), loss(4))).toBe(
    'net: loss: softmaxCrossEntropy(4) takes labels int32 [N], logits [N, 4] but is given labels int32 [N], logits [N, 3]',
  )
  expect(judged(affine(2, 3), undefined)).toBe('net.loss: is missing; it should be a layer')
  const l2 = (reg: number) => ({ kind: 'l2', hyperparameters: { reg } })
  expect(judged(affine(2, 3), loss(3), { w: l2(1) })).toBe(
    "net: penalties: there is no parameter 'w' among W, b",
  )
  expect(judged(affine(2, 3), loss(3), parsed(`{"__proto__":${JSON.stringify(l2(1))}}`))).toBe(
    "net: penalties: there is no parameter '__proto__' among W, b",
  )
  expect(judged(affine(2, 3), loss(3), { 'fc.W': l2(-1) })).toBe(
    'net.penalties["fc.W"].hyperparameters.reg: should be a finite number from 0 on, not -1',
  )
})
