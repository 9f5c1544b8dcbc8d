import { expect, test } from 'vitest'
import { coreKinds, fromSpec, registry } from '@pullback/core'
import { flawOf, refusal } from './flaw.fixture.ts'

function nested(levels: number, wrap: (inner: unknown) => unknown, core: unknown = 1): unknown {
  let value = core
  for (let level = 0; level < levels; level++) value = wrap(value)
  return value
}

const relu = { kind: 'relu' }
const inList = (inner: unknown) => [inner]
const inObject = (inner: unknown) => ({ a: inner })

test('megabytes of nesting in any place', () => {
  const deep = [nested(1_000_000, inList), nested(1_000_000, inObject)]
  for (const value of deep) {
    expect(refusal(value)).toContain(
      value === deep[0] ? 'the spec should be an object' : 'version: is missing',
    )
    expect(refusal({ version: value, net: relu })).toContain('version: should be 1')
    expect(refusal({ version: 1, net: relu, a: value })).toContain('a: is not a field')
    expect(refusal({ version: 1, net: value })).toContain('net')
    expect(refusal({ version: 1, net: { kind: value } })).toContain('net.kind: should be')
    expect(refusal({ version: 1, net: { kind: 'relu', hyperparameters: value } })).toContain(
      'net.hyperparameters',
    )
    expect(refusal({ version: 1, net: { kind: 'affine', hyperparameters: { inputs: value } } })).toContain(
      'net.hyperparameters',
    )
    expect(refusal({ version: 1, net: { kind: 'graph', inputs: value, nodes: [] } })).toContain('net.inputs')
    expect(refusal({ version: 1, net: { kind: 'graph', inputs: ['N'], nodes: value } })).toContain(
      'net.nodes',
    )
    for (const field of ['name', 'layer', 'shares', 'from', 'other']) {
      const nodes = [{ name: 'a', layer: relu, [field]: value }]
      expect(refusal({ version: 1, net: { kind: 'graph', inputs: ['N'], nodes } })).toContain('net')
    }
    expect(
      refusal({ version: 1, net: { kind: 'objective', net: relu, loss: relu, penalties: value } }),
    ).toContain('net.penalties')
  }
})

test('nets nested in nets without end', () => {
  const tooDeep = (body: unknown) => ({ version: 1, net: body })
  const residuals = nested(400_000, (body) => ({ kind: 'residual', body }), relu)
  expect(refusal(tooDeep(residuals))).toContain('net.body.body')
  expect(refusal(tooDeep(nested(501, (body) => ({ kind: 'residual', body }), relu)))).toContain(
    'net.body.body',
  )
  expect(flawOf(tooDeep(nested(499, (body) => ({ kind: 'residual', body }), relu)))).toBeUndefined()
  const rows = (layer: unknown) => ({ kind: 'sequential', inputs: ['N'], nodes: [{ name: 'a', layer }] })
  expect(flawOf(tooDeep(nested(499, rows, relu)))).toBeUndefined()
  expect(refusal(tooDeep(nested(100_000, rows, relu)))).toContain('net.nodes[0].layer')
})

test('what contains itself, and what contains the same thing many times', () => {
  const cyclic: Record<string, unknown> = { kind: 'residual' }
  cyclic['body'] = cyclic
  expect(refusal({ version: 1, net: cyclic })).toContain(
    'net.body: is nested in more than 500 layers, or in itself',
  )
  const list: unknown[] = []
  list.push(list, list)
  expect(refusal({ version: 1, net: { kind: 'addition', hyperparameters: { names: list } } })).toContain(
    'net.hyperparameters',
  )
  expect(refusal({ version: 1, net: { kind: 'graph', inputs: list, nodes: list } })).toContain('net.inputs')
  const wide = nested(60, (inner) => [inner, inner])
  expect(refusal({ version: 1, net: { kind: 'addition', hyperparameters: { names: wide } } })).toContain(
    'net.hyperparameters',
  )
  const both = (layer: unknown) => ({
    kind: 'sequential',
    inputs: ['N'],
    nodes: ['a', 'b'].map((name) => ({ name, layer })),
  })
  const manyLayers = fromSpec(registry(...coreKinds))({ version: 1, net: nested(60, both, relu) })
  expect(manyLayers).toMatchObject({ _tag: 'Right' })
})

test('megabytes of text, and long lists', () => {
  const long = 'a'.repeat(10_000_000)
  expect(refusal(long)).toContain('the spec should be an object')
  expect(refusal({ version: long, net: relu })).toContain('version: should be 1')
  expect(refusal({ version: 1, net: relu, [long]: 1 })).toContain('["aaaa')
  expect(refusal({ version: 1, net: { kind: long } })).toContain('net.kind: there is no kind')
  expect(refusal({ version: 1, net: { kind: 'relu', hyperparameters: { [long]: 1 } } })).toContain(
    'net.hyperparameters["aaa',
  )
  const nodes = [{ name: long, layer: relu }]
  expect(
    refusal({ version: 1, net: { kind: 'graph', inputs: ['N'], nodes: [...nodes, ...nodes] } }),
  ).toContain("net: 'aaaa")
  expect(
    refusal({
      version: 1,
      net: {
        kind: 'graph',
        inputs: [long, long],
        nodes: [{ ...nodes[0], layer: { kind: 'affine', hyperparameters: { inputs: 1, outputs: 1 } } }],
      },
    }),
  ).toContain('net: aaa')
})

test('objects of very many fields', () => {
  const many = Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`a${index}`, index]))
  expect(refusal(many)).toContain('the spec has 200000 fields, more than 100000')
  expect(refusal({ version: many, net: relu })).toContain('version: should be 1')
  expect(refusal({ version: 1, net: many })).toContain('net: has 200000 fields')
  expect(refusal({ version: 1, net: { kind: many } })).toContain('net.kind: should be')
  expect(refusal({ version: 1, net: { ...relu, hyperparameters: many } })).toContain(
    'net.hyperparameters: has',
  )
  expect(refusal({ version: 1, net: { kind: 'graph', inputs: many, nodes: [] } })).toContain(
    'net.inputs: has',
  )
  const nodes = [{ name: 'a', layer: relu, from: many }]
  expect(refusal({ version: 1, net: { kind: 'graph', inputs: ['N'], nodes } })).toContain('net.nodes[0].from')
})

test('objects that throw', () => {
  const thrower = () => {
    throw new Error('mine\nnow')
  }
  const proxy = new Proxy({}, { get: thrower, ownKeys: thrower, getPrototypeOf: thrower, has: thrower })
  const { proxy: revoked, revoke } = Proxy.revocable({}, {})
  revoke()
  const strange = {
    get kind(): string {
      return thrower()
    },
  }
  const nothing = new Proxy([], {
    get: () => {
      throw new Proxy({}, { get: thrower, getPrototypeOf: thrower })
    },
  })
  for (const value of [proxy, revoked, strange, nothing]) {
    expect(refusal(value)).toContain('')
    expect(refusal({ version: value, net: relu })).toContain('version: should be')
    expect(refusal({ version: 1, net: value })).toContain('net')
    expect(refusal({ version: 1, net: { kind: value } })).toContain('net.kind: should be')
    expect(refusal({ version: 1, net: { kind: 'relu', hyperparameters: value } })).toContain(
      'net.hyperparameters',
    )
    expect(refusal({ version: 1, net: { kind: 'affine', hyperparameters: { inputs: value } } })).toContain(
      'net.hyperparameters.inputs',
    )
    expect(refusal({ version: 1, net: { kind: 'graph', inputs: value, nodes: value } })).toContain(
      'net.inputs',
    )
    expect(refusal({ version: 1, net: { kind: 'graph', inputs: ['N'], nodes: value } })).toContain(
      'net.nodes',
    )
    expect(refusal({ version: 1, net: { kind: 'graph', inputs: ['N'], nodes: [value] } })).toContain(
      'net.nodes[0]',
    )
  }
  expect(refusal({ version: 1, net: strange })).toContain('net: mine now')
})

test('lists with holes', () => {
  const holes: unknown[] = []
  holes[3] = { name: 'a', layer: relu }
  expect(refusal({ version: 1, net: { kind: 'graph', inputs: ['N'], nodes: holes } })).toContain(
    'net.nodes[0]: is missing',
  )
  const endless: unknown[] = []
  endless.length = 4e9
  expect(refusal({ version: 1, net: { kind: 'graph', inputs: ['N'], nodes: endless } })).toContain(
    'net.nodes: has 4000000000',
  )
  expect(refusal({ version: 1, net: { kind: 'addition', hyperparameters: { names: endless } } })).toContain(
    'net.hyper',
  )
})
