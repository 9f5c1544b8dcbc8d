import {
  abs,
  div,
  equal,
  exp,
  greater,
  layer,
  log,
  maximum,
  mean,
  mul,
  neg,
  reshape,
  signature,
  sub,
  sum,
  tensor,
  where,
} from '@pullback/core'
import { expect, it } from 'vitest'
import { elementwise, exactLaw, sampleOf, violationOf, wrongAffine } from '../planted.fixture.ts'
import { evidenceFor } from './evidence.ts'
import { hintFor } from './hintFor.ts'
import { exactPoint, oneHotLabels, oneRow, region } from './region.ts'

it('sees that one row is right', () => {
  const wrong = wrongAffine(3, 2, ({ dZ }) => ({ b: sum(mul(dZ, dZ.shape[0] === 1 ? 1 : dZ), { axes: 0 }) }))
  const evidence = evidenceFor(violationOf(sampleOf(wrong, [4, 3])), exactLaw)
  expect(oneRow(evidence)).toBe('right for a batch of one row, wrong for 4')
})

it('sees that one-hot labels are right', () => {
  const wrong = layer({
    kind: 'crossEntropy',
    shape: signature('crossEntropy', { logits: ['N', 3], labels: ['N', 3] }, ['N']),
    params: {},
    forward: (_, { logits, labels }) => {
      const powers = exp(logits)
      const total = sum(powers, { axes: 1 })
      const output = sub(mul(log(total), sum(labels, { axes: 1 })), sum(mul(labels, logits), { axes: 1 }))
      return { output, cache: { logits, labels, p: div(powers, sum(powers, { axes: 1, keepDims: true })) } }
    },
    backward: (_, { logits, labels, p }, dOutput) => {
      const total = sum(exp(logits), { axes: 1, keepDims: true })
      const upstream = reshape(dOutput, [...dOutput.shape, 1])
      return {
        dParams: {},
        dInput: {
          logits: mul(sub(p, labels), upstream),
          labels: mul(sub(log(total), logits), upstream),
        },
      }
    },
  })
  const uniform = tensor([[0.2, 0.5, 0.1]], 'float64')
  const sample = sampleOf(wrong, { logits: tensor([[1, 2, -1]], 'float64'), labels: uniform })
  expect(oneHotLabels(evidenceFor(violationOf(sample), exactLaw))).toBe('right for one-hot labels only')
})

it('sees that a single point is wrong', () => {
  const two = elementwise(
    (x) => abs(x),
    (x, dOutput) => where(greater(x, 0), dOutput, where(equal(x, 0), mul(dOutput, 2), neg(dOutput))),
  )
  const violation = violationOf(sampleOf(two, tensor([[1, 0, -1]], 'float64')))
  expect(exactPoint(evidenceFor(violation, exactLaw))).toMatch('wrong at exactly 0')
  expect(hintFor(violation, exactLaw)).toMatch('wrong at exactly 0')
})

it('sees that a region is wrong', () => {
  const tail = elementwise(exp, (x, dOutput) =>
    mul(maximum(where(greater(x, 8), mean(x), exp(x)), 0), dOutput),
  )
  const violation = violationOf(sampleOf(tail, tensor([[1, 9]], 'float64')))
  const evidence = evidenceFor(violation, exactLaw)
  expect(exactPoint(evidence)).toBeUndefined()
  expect(region(evidence)).toMatch('wrong in a region')
  expect(hintFor(violation, exactLaw)).toBe(region(evidence))
})
