import { leaves, toArray, type LayerInput, type Net, type Tree, evaluate } from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleArbitrary } from '../arbitrary/sampleArbitrary.ts'
import type { Outcome } from '../law/law.ts'
import type { Sample } from '../sample/sample.ts'
import { rightLayers } from '../testing/layers.ts'
import { gradientLaw } from './gradientLaw.ts'
import { kinkLaw } from './kinkLaw.ts'
import { legitimate, mistakes } from './wrong.arbitrary.ts'

const samplesOf = (layer: Net, numRuns: number): readonly Sample[] =>
  fc.sample(sampleArbitrary(fc.constant(layer)), { numRuns })

const judged = (sample: Sample): readonly Outcome[] => [gradientLaw.check(sample), kinkLaw.check(sample)]

const rightOnes = [...rightLayers, ...legitimate].map(([name, layer]) => [name, layer] as const)

test.each(rightOnes)('%s is never called wrong, and hardly ever undecided', (_, layer) => {
  const outcomes = samplesOf(layer, 60).flatMap(judged)
  const violations = outcomes.flatMap((outcome) =>
    outcome.verdict === 'violated' ? [outcome.violation] : [],
  )
  expect(
    violations.map(({ sentence, place, analytic, expected, bound }) => [
      sentence,
      place,
      analytic,
      expected,
      bound,
    ]),
  ).toEqual([])
  const undecided = outcomes.filter(({ verdict }) => verdict === 'unresolved').length
  expect(undecided / outcomes.length).toBeLessThanOrEqual(0.04)
})

const gradients = (layer: Net, { params, input, dOutput, context }: Sample): readonly number[] => {
  const { cache } = layer.forward(params, input, context)
  const { dParams, dInput } = layer.backward(params, cache, dOutput)
  const tree = evaluate<Tree>({ params: dParams, input: dInput as LayerInput })
  return leaves(tree).flatMap(([, tensor]) => Array.from(toArray(tensor)))
}

/** Whether the wrong gradient is off by enough at a sample to be told from rounding. */
const shows = (right: Net, wrong: Net, sample: Sample): boolean => {
  const expected = gradients(right, sample)
  const scale = Math.max(...expected.map(Math.abs), ...toArray(sample.dOutput).map(Math.abs))
  const given = gradients(wrong, sample)
  return expected.some((value, entry) => Math.abs(value - (given[entry] ?? 0)) > 2e-9 * scale)
}

test.each(mistakes.map(({ name, ...mistake }) => [name, mistake] as const))(
  '%s is caught where it shows',
  (_, { right, wrong }) => {
    const samples = samplesOf(wrong, 60).filter((sample) => shows(right, wrong, sample))
    expect(samples.length).toBeGreaterThan(2)
    const caught = samples.filter((sample) => judged(sample).some(({ verdict }) => verdict === 'violated'))
    expect(caught.length / samples.length).toBeGreaterThan(0.9)
  },
)
