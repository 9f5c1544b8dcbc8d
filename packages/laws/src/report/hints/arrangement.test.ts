import {
  add,
  concatenate,
  initialZeros,
  layer,
  matmul,
  mul,
  parameter,
  signature,
  slice,
  square,
  sub,
  tanh,
  tensor,
} from '@pullback/core'
import { expect, it } from 'vitest'
import { exactLaw, sampleOf, violationOf, wrongAffine } from '../planted.fixture.ts'
import { otherEntry, otherTensor, parameterTransposed, transposed } from './arrangement.ts'
import { evidenceFor } from './evidence.ts'
import { hintFor } from './hintFor.ts'

const evidenceOf = (layer: ReturnType<typeof wrongAffine>, rows = 4) =>
  evidenceFor(violationOf(sampleOf(layer, [rows, 3])), exactLaw)

it('sees the transpose of a gradient', () => {
  const evidence = evidenceOf(wrongAffine(3, 3, ({ X, dZ }) => ({ W: matmul(dZ, X, { transposeA: true }) })))
  expect(transposed(evidence)).toBe('the transpose of what it should be')
  expect(hintFor(evidence.violation, exactLaw)).toBe(transposed(evidence))
})

it('sees a parameter that should be transposed', () => {
  const evidence = evidenceOf(wrongAffine(3, 3, ({ W, dZ }) => ({ dInput: matmul(dZ, W) })))
  expect(parameterTransposed(evidence)).toMatch('a transpose is missing')
  expect(hintFor(evidence.violation, exactLaw)).toBe(parameterTransposed(evidence))
})

it('sees it behind a function, too', () => {
  const wrong = layer({
    kind: 'wrong',
    shape: signature('wrong', ['N', 3], ['N', 3]),
    params: { W: parameter([3, 3], initialZeros()) },
    forward: ({ W }, x) => {
      const y = tanh(matmul(x, W))
      return { output: y, cache: { x, y } }
    },
    backward: ({ W }, { x, y }, dOutput) => {
      const dz = mul(dOutput, sub(1, square(y)))
      return { dParams: { W: matmul(x, dz, { transposeA: true }) }, dInput: matmul(dz, W) }
    },
  })
  expect(hintFor(violationOf(sampleOf(wrong, [2, 3])), exactLaw)).toBe(
    'right where the parameter is symmetric: a transpose is missing',
  )
})

it('sees numbers at the wrong entries', () => {
  const rolled = wrongAffine(3, 2, ({ right: { W } }) => ({
    W: concatenate([slice(W, [1, 3]), slice(W, [0, 1])], 0),
  }))
  const evidence = evidenceOf(rolled)
  expect(otherEntry(evidence)).toMatch('an index is off')
  expect(hintFor(evidence.violation, exactLaw)).toBe(otherEntry(evidence))
  expect(transposed(evidence)).toBeUndefined()
})

it('sees the gradient of another tensor', () => {
  const product = layer({
    kind: 'product',
    shape: signature('product', { a: ['N'], b: ['N'] }, ['N']),
    params: {},
    forward: (_, { a, b }) => ({ output: add(mul(a, b), b), cache: { a, b } }),
    backward: (_, { a, b }, dOutput) => ({
      dParams: {},
      dInput: { b: mul(b, dOutput), a: mul(add(a, 1), dOutput) },
    }),
  })

  const sample = sampleOf(product, { a: tensor([1, -2], 'float64'), b: tensor([3, 0.5], 'float64') })
  expect(otherTensor(evidenceFor(violationOf(sample), exactLaw))).toBe(
    'what input.b should have: two gradients are exchanged',
  )
})
