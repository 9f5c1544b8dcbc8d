import * as t from '#io'
import { expect, test } from 'vitest'
import { isLeft } from '#fp/Either'
import {
  affine,
  coreKinds,
  finiteNumber,
  fromSpec,
  initializerCodec,
  layer,
  layerKind,
  mul,
  parameter,
  registry,
  relu,
  sameShape,
  sequential,
  signature,
  toSpec,
  type Initializer,
  type LayerKind,
} from '@pullback/core'

const scale = (factor: number) =>
  layer({
    kind: 'acme/scale',
    hyperparameters: { factor },
    shape: sameShape(`scale(${factor})`),
    params: {},
    forward: (_, x) => ({ output: mul(x, factor), cache: {} }),
    backward: (_, __, dOutput) => ({ dParams: {}, dInput: mul(dOutput, factor) }),
  })

const scaleKind = layerKind({
  kind: 'acme/scale',
  hyperparameters: t.strict({ factor: finiteNumber }),
  build: ({ factor }) => scale(factor),
})

const gain = <const S extends number>(size: S, initial: Initializer) => {
  if (size > 9) throw new RangeError(`gain: size must be below 10,\nnot ${size}`)
  return layer({
    kind: 'gain',
    hyperparameters: { size, initial },
    shape: signature('gain', ['N', size], ['N', size]),
    params: { g: parameter([size], initial) },
    forward: ({ g }, x) => ({ output: mul(x, g), cache: { x } }),
    backward: ({ g }, { x }, dOutput) => ({ dParams: { g: mul(x, dOutput) }, dInput: mul(g, dOutput) }),
  })
}

const gainKind = layerKind({
  kind: 'gain',
  hyperparameters: t.exact(t.type({ size: t.number, initial: initializerCodec })),
  build: ({ size, initial }) => gain(size, initial),
})

const kinds = registry(...coreKinds, scaleKind, gainKind)

function sentence(layers: readonly LayerKind[], net: unknown): string {
  const result = fromSpec(registry(...layers))({ version: 1, net })
  return isLeft(result) ? result.left.message : 'was read'
}

test('the layers of others are read like those of the library', () => {
  const net = sequential(
    ['N', 2],
    ['fc', affine(2, 3)],
    ['scale', scale(0.5)],
    ['gain', gain(3, { kind: 'heNormal' })],
  )
  const spec = toSpec(net)
  const again = fromSpec(kinds)(JSON.parse(JSON.stringify(spec)))
  expect(isLeft(again) ? again.left : toSpec(again.right)).toEqual(spec)
  expect(fromSpec(registry(...coreKinds))(spec)).toMatchObject({
    left: { path: 'net.nodes[1].layer.kind' },
  })
})

test('a codec of others is reported like those of the library', () => {
  const read = (hyperparameters: unknown) => sentence([gainKind], { kind: 'gain', hyperparameters })
  const initial = { kind: 'heNormal' }
  expect(read({ size: NaN, initial })).toBe('net.hyperparameters.size: should be a finite number, not NaN')
  expect(read({ size: '3', initial })).toBe('net.hyperparameters.size: should be a number, not "3"')
  expect(read({ size: 3, initial, sise: 3 })).toBe(
    "net.hyperparameters.sise: is not a field of this object; did you mean 'size'?",
  )
  expect(read({ size: 10, initial })).toBe('net.hyperparameters: gain: size must be below 10, not 10')
  expect(sentence([scaleKind], { kind: 'acme/scal' })).toMatch(/did you mean 'acme\/scale'\?/)
})

test('codecs of every form', () => {
  const codec = t.exact(
    t.intersection([
      t.type({
        mode: t.keyof({ same: null, valid: null }),
        stride: t.union([t.number, t.tuple([t.number, t.number])]),
      }),
      t.partial({ name: t.union([t.literal('a'), t.null]), flags: t.record(t.string, t.boolean) }),
    ]),
  )
  const kind = layerKind({ kind: 'odd', hyperparameters: codec, build: () => ({ ...relu(), kind: 'odd' }) })
  const read = (more: object) =>
    sentence([kind], { kind: 'odd', hyperparameters: { mode: 'same', stride: 1, ...more } })
  expect(read({ flags: { x: true }, name: null, stride: [1, 2] })).toBe('was read')
  expect(read({ mode: 'full' })).toBe('net.hyperparameters.mode: should be "same" or "valid", not "full"')
  expect(read({ stride: 'a' })).toBe('net.hyperparameters.stride: should be a number or a list, not "a"')
  expect(read({ stride: [1, 'a'] })).toBe('net.hyperparameters.stride[1]: should be a number, not "a"')
  expect(read({ stride: [1, 2, 3] })).toMatch(/^net\.hyperparameters\.stride\[2\]: /)
  expect(read({ name: 'b' })).toBe('net.hyperparameters.name: should be "a" or null, not "b"')
  expect(read({ flags: { x: 1 } })).toBe('net.hyperparameters.flags.x: should be true or false, not 1')
})

test('what goes wrong in the code of others is a sentence about the spec, too', () => {
  const failing = (thrown: unknown, codec?: t.Type<object>): LayerKind =>
    layerKind<object>({
      kind: 'bad',
      ...(codec && { hyperparameters: codec }),
      build: () => {
        throw thrown
      },
    })
  const bad = { kind: 'bad' }
  expect(sentence([failing(new Error('no'))], bad)).toBe('net.hyperparameters: no')
  expect(sentence([failing('no')], bad)).toBe('net.hyperparameters: cannot be read: "no" was thrown')
  expect(sentence([failing(undefined)], bad)).toMatch(/^net\.hyperparameters: cannot be read/)
  expect(sentence([failing(Object.create(null))], bad)).toMatch(/^net\.hyperparameters: cannot be read/)
  const overflow = (): never => overflow()
  const endless = new t.Type<object>('endless', t.UnknownRecord.is, overflow, overflow)
  expect(sentence([failing(1, endless)], bad)).toBe('net.hyperparameters: is too large or too deeply nested')
  expect(sentence([layerKind({ kind: 'other', build: relu })], { kind: 'other' })).toBe(
    "net.hyperparameters: the kind 'other' builds layers of the kind 'relu'",
  )
})

test('two kinds of one name are a defect', () => {
  expect(() => registry(...coreKinds, layerKind({ kind: 'relu', build: relu }))).toThrow(
    new TypeError("registry: there are two kinds of layer named 'relu'"),
  )
  expect(() => registry(layerKind({ kind: 'graph', build: relu }))).toThrow(
    "registry: 'graph' is a way of composing layers and cannot be the kind of a layer",
  )
})
