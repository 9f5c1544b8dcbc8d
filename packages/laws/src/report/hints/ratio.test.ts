import { cos, div, exp, mul, neg, sin, square, sub, sum, zeros } from '@pullback/core'
import { expect, it } from 'vitest'
import { elementwise, exactLaw, sampleOf, violationOf, wrongAffine } from '../planted.fixture.ts'
import { evidenceFor, type Evidence } from './evidence.ts'
import { hintFor } from './hintFor.ts'
import { batchSize, constantFactor, factorOfTwo, leftOut, signFlipped } from './ratio.ts'

const scaledAffine = (factor: (rows: number) => number) =>
  wrongAffine(3, 2, ({ X, right }) => ({ W: mul(right.W, factor(X.shape[0] ?? 0)) }))

const evidenceOf = (layer: ReturnType<typeof scaledAffine>, rows: number): Evidence =>
  evidenceFor(violationOf(sampleOf(layer, [rows, 3])), exactLaw)

it('sees a factor of two, and not a batch of two', () => {
  for (const rows of [1, 2, 5]) {
    const twice = evidenceOf(
      scaledAffine(() => 2),
      rows,
    )
    expect(factorOfTwo(twice)).toBe('twice what it should be: a factor of 2 too much')
    expect(batchSize(twice)).toBeUndefined()
    expect(hintFor(twice.violation, exactLaw)).toBe(factorOfTwo(twice))
  }
})

it('sees half of a square', () => {
  const half = elementwise(square, (x, dOutput) => mul(x, dOutput))
  expect(hintFor(violationOf(sampleOf(half, [2, 2])), exactLaw)).toBe(
    'half of what it should be: a factor of 2 is missing',
  )
})

it('sees the size of the batch', () => {
  for (const rows of [2, 3, 4]) {
    expect(
      batchSize(
        evidenceOf(
          scaledAffine((N) => 1 / N),
          rows,
        ),
      ),
    ).toMatch(/^1\/N of what it should be: averaged over the batch once too often$/)
    expect(
      batchSize(
        evidenceOf(
          scaledAffine((N) => N),
          rows,
        ),
      ),
    ).toMatch(/^N times what it should be/)
  }
})

it('sees a flipped sign', () => {
  const flipped = elementwise(cos, (x, dOutput) => mul(sin(x), dOutput))
  const violation = violationOf(sampleOf(flipped, [2, 3]))
  expect(signFlipped(evidenceFor(violation, exactLaw))).toBe('minus what it should be: a sign is flipped')
  expect(hintFor(violation, exactLaw)).toMatch('sign')
})

it('sees a gradient that is left out', () => {
  const none = wrongAffine(2, 2, () => ({ b: zeros([2], 'float64') }))
  expect(leftOut(evidenceFor(violationOf(sampleOf(none, [3, 2])), exactLaw))).toMatch('zero everywhere')
})

it('sees a constant factor', () => {
  expect(
    constantFactor(
      evidenceOf(
        scaledAffine(() => 1.25),
        2,
      ),
    ),
  ).toBe('always 1.25 times what it should be: a constant factor is wrong')
  expect(
    constantFactor(
      evidenceOf(
        scaledAffine(() => 1 / 3),
        5,
      ),
    ),
  ).toMatch('one of its sizes is 3')
})

it('sees none of these in another bug', () => {
  const other = elementwise(exp, (x, dOutput) => mul(sub(exp(x), div(sum(x), 10)), neg(dOutput)))
  const evidence = evidenceFor(violationOf(sampleOf(other, [3, 2])), exactLaw)
  for (const hint of [leftOut, signFlipped, factorOfTwo, batchSize, constantFactor])
    expect(hint(evidence)).toBeUndefined()
})
