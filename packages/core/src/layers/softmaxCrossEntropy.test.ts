import {
  evaluate,
  fromValues,
  softmaxCrossEntropy,
  tensor,
  toArray,
  toNumber,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareLayer, worstRelativeError } from '../testing/centralDifference.ts'
import { normals, randomLabels } from '../testing/normals.ts'
import { drawArbitrary, sizeArbitrary } from '../testing/sizes.ts'

type Labels = Tensor<readonly [number], 'int32'>

const lossOf = (classes: number, logits: Tensor, labels: Labels): number =>
  toNumber(softmaxCrossEntropy(classes).forward({}, { logits, labels } as never).output)

function gradientOf(classes: number, logits: Tensor, labels: Labels): readonly number[] {
  const layer = softmaxCrossEntropy(classes)
  const { cache } = layer.forward({}, { logits, labels } as never)
  const { dInput } = layer.backward({}, cache, tensor(1, logits.dtype))
  return Array.from(toArray(evaluate(dInput.logits)))
}

test('backward agrees with central differences for any labels and cotangent', () => {
  fc.assert(
    fc.property(sizeArbitrary, sizeArbitrary, drawArbitrary, (N, C, { from, scale }) => {
      const input = { logits: normals(from, 'Z', [N, C], scale), labels: randomLabels(from, N, C) }
      const entries = compareLayer(softmaxCrossEntropy(C), {}, input, normals(from, 'dL', []))
      expect(entries).toHaveLength(N * C)
      expect(worstRelativeError(entries)).toBeLessThan(1e-7)
    }),
  )
})

test('the loss is the mean of -log p of the true class', () => {
  fc.assert(
    fc.property(sizeArbitrary, sizeArbitrary, drawArbitrary, (N, C, { from }) => {
      const logits = normals(from, 'Z', [N, C])
      const labels = randomLabels(from, N, C)
      const z = toArray(logits)
      const losses = Array.from(toArray(labels), (label, row) => {
        const powers = Array.from(z.slice(row * C, (row + 1) * C), Math.exp)
        return -Math.log((powers[label] ?? 0) / powers.reduce((sum, power) => sum + power))
      })
      const expected = losses.reduce((sum, loss) => sum + loss) / N
      expect(lossOf(C, logits, labels)).toBeCloseTo(expected, 12)
    }),
  )
})

test('adding a number to all logits of a row changes nothing', () => {
  fc.assert(
    fc.property(sizeArbitrary, fc.integer({ min: -64, max: 64 }), (C, shift) => {
      const row = Array.from({ length: C }, (_, column) => (column * 5) % 7)
      const at = (offset: number) =>
        fromValues(
          row.map((value) => value + offset),
          [1, C],
          'float64',
        )
      const labels = tensor([0], 'int32')
      expect(lossOf(C, at(shift), labels)).toBe(lossOf(C, at(0), labels))
    }),
  )
})

test.each(['float32', 'float64'] as const)(
  'logits of 1e30 give a finite loss and gradient in %s',
  (dtype) => {
    const logits = tensor(
      [
        [1e30, -1e30, 0],
        [0, 1e30, 1e30],
      ],
      dtype,
    )
    const labels = tensor([0, 2], 'int32')
    expect(lossOf(3, logits, labels)).toBeCloseTo(Math.log(2) / 2, 6)
    expect(gradientOf(3, logits, labels)).toEqual([0, 0, 0, 0, 0.25, -0.25])
    expect(lossOf(3, logits, tensor([1, 0], 'int32'))).toBeCloseTo((2e30 + 1e30) / 2, -24)
  },
)

test('the loss is exact where the probability of the true class is too small to write down', () => {
  expect(lossOf(2, tensor([[0, -10_000]], 'float64'), tensor([1], 'int32'))).toBe(10_000)
  expect(lossOf(2, tensor([[0, -1000]]), tensor([1], 'int32'))).toBe(1000)
})

test('a class that is ruled out by an infinite logit costs the others nothing', () => {
  const logits = tensor([[0, Number.NEGATIVE_INFINITY, 0]], 'float64')
  expect(lossOf(3, logits, tensor([0], 'int32'))).toBeCloseTo(Math.log(2), 15)
  expect(gradientOf(3, logits, tensor([0], 'int32'))).toEqual([-0.5, 0, 0.5])
})

test('an empty batch costs nothing', () => {
  const logits = fromValues([], [0, 3], 'float64')
  const labels = fromValues([], [0], 'int32')
  expect(lossOf(3, logits, labels)).toBe(0)
  expect(gradientOf(3, logits, labels)).toEqual([])
})

test.each([-1, 3])('label %d of three classes is refused', (label) => {
  expect(() => lossOf(3, tensor([[1, 2, 3]]), tensor([label], 'int32'))).toThrow(RangeError)
})
