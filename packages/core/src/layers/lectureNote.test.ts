import {
  abs,
  affine,
  l2,
  min,
  objectiveFrom,
  relu,
  sequentialFrom,
  softmaxCrossEntropy,
  toArray,
  toNumber,
  valueAndGradient,
  type Net,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare, reach, worstRelativeError } from '../testing/centralDifference.ts'
import { normals, randomLabels } from '../testing/normals.ts'
import { unwrap } from '../testing/unwrap.ts'
import { mistakes, right, withSteps, type Steps } from './lectureNote.fixture.ts'

interface Sizes {
  readonly N: number
  readonly D: number
  readonly H: number
  readonly C: number
}

const reg = 0.25

const size = fc.integer({ min: 2, max: 5 })

const anySizes: fc.Arbitrary<Sizes> = fc.record({ N: size, D: size, H: size, C: size })

/** Where every transpose too many or too few still fits. */
const equalSizes: fc.Arbitrary<Sizes> = size.map((n) => ({ N: n, D: n, H: n, C: n }))

const firstLayer = ({ D, H }: Sizes): Net => unwrap(sequentialFrom(['N', D], [['fc1', affine(D, H)]]))

function twoLayerNet({ D, H, C }: Sizes): Net {
  const net = unwrap(
    sequentialFrom(
      ['N', D],
      [
        ['fc1', affine(D, H)],
        ['relu', relu()],
        ['fc2', affine(H, C)],
      ],
    ),
  )
  return unwrap(objectiveFrom(net, softmaxCrossEntropy(C), { 'fc1.W': l2(reg), 'fc2.W': l2(reg) }))
}

/** That the gradients of these steps agree with central differences of the loss, away from the kink. */
const agrees = (sizes: fc.Arbitrary<Sizes>, steps: Steps) =>
  fc.property(sizes, fc.nat(1_000_000), (shape, from) => {
    const { N, D, H, C } = shape
    const params = {
      fc1: { W: normals(from, 'W1', [D, H]), b: normals(from, 'b1', [H]) },
      fc2: { W: normals(from, 'W2', [H, C]), b: normals(from, 'b2', [C]) },
    }
    const input = { input: normals(from, 'X', [N, D]), labels: randomLabels(from, N, C) }
    const { output } = firstLayer(shape).forward({ fc1: params.fc1 }, input.input)
    const largest = Math.max(1, ...Array.from(toArray(input.input), Math.abs))
    fc.pre(toNumber(min(abs(output))) > reach * largest)

    const at = valueAndGradient(withSteps(twoLayerNet(shape), reg, steps))
    const entries = compare(params, at(params, input).gradients, (moved) => toNumber(at(moved, input).value))
    return worstRelativeError(entries) < 1e-7
  })

/** The same samples every time: a mistake must be seen in them, not with some probability. */
const samples = { seed: 2016, numRuns: 30 }

describe('backward of the two-layer net', () => {
  it('agrees with central differences if every step is right', () => {
    for (const sizes of [anySizes, equalSizes])
      expect(() => fc.assert(agrees(sizes, right), { numRuns: 30 })).not.toThrow()
  })

  it.each(Object.keys(mistakes))('does not with %s', (name) => {
    const wrong = { ...right, ...mistakes[name] }
    expect(fc.check(agrees(anySizes, wrong), samples).failed).toBe(true)
  })

  it.each(Object.keys(mistakes))('does not with %s, although all shapes fit', (name) => {
    const { failed, errorInstance } = fc.check(agrees(equalSizes, { ...right, ...mistakes[name] }), samples)
    expect(failed).toBe(true)
    // It is the numbers that disagree: nothing was thrown for a shape.
    expect(String(errorInstance)).toContain('Property failed by returning false')
  })
})
