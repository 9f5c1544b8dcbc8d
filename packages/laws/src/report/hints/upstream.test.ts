import {
  div,
  exp,
  greater,
  matmul,
  maximum,
  mul,
  ones,
  square,
  sub,
  sum,
  tanh,
  tensor,
  where,
} from '@pullback/core'
import { expect, it } from 'vitest'
import { elementwise, exactLaw, sampleOf, violationOf, wrongAffine } from '../planted.fixture.ts'
import { evidenceFor } from './evidence.ts'
import { hintFor } from './hintFor.ts'
import { oneHotCotangents, upstreamIgnored, upstreamSquared } from './upstream.ts'

const evidenceOf = (layer: ReturnType<typeof elementwise>) =>
  evidenceFor(violationOf(sampleOf(layer, [3, 2])), exactLaw)

it('sees that the upstream gradient is ignored', () => {
  const evidence = evidenceOf(elementwise(tanh, (x) => sub(1, square(tanh(x)))))
  expect(upstreamIgnored(evidence)).toMatch('does not change with dOutput')
  expect(hintFor(evidence.violation, exactLaw)).toBe(upstreamIgnored(evidence))
})

it('sees it at single numbers, half of which are masked', () => {
  const wrong = elementwise(
    (x) => maximum(x, 0),
    (x) => where(greater(x, 0), 1, mul(x, 0)),
  )
  const violation = violationOf(sampleOf(wrong, tensor([[2]], 'float64')))
  expect(hintFor(violation, exactLaw)).toMatch('does not change with dOutput')
})

it('sees that it enters twice', () => {
  const evidence = evidenceOf(elementwise(exp, (x, dOutput) => mul(exp(x), square(dOutput))))
  expect(upstreamSquared(evidence)).toMatch('it enters twice')
  expect(upstreamIgnored(evidence)).toBeUndefined()
})

it('sees that it may have one entry only', () => {
  const lengths = elementwise(exp, (x, dOutput) =>
    mul(mul(exp(x), dOutput), div(square(sum(dOutput)), sum(square(dOutput)))),
  )
  expect(oneHotCotangents(evidenceOf(lengths))).toMatch('right where dOutput has one entry only')
  const wrongW = wrongAffine(2, 2, ({ X }) => ({
    W: matmul(X, ones([3, 2], 'float64'), { transposeA: true }),
  }))
  expect(oneHotCotangents(evidenceOf(wrongW))).toBeUndefined()
})
