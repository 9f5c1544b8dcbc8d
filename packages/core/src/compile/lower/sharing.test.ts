import { concatenate, input, matmul, reshape } from '@pullback/core'
import { describe, expect, test } from 'vitest'
import type { AnyTensor } from '../../tensor/tensor.ts'
import { lower } from './lower.ts'
import { interpret } from './planInterpreter.fixture.ts'

const x = input('x', [2, 2])
const product = matmul(x, x)

function planOf(tensor: AnyTensor) {
  return lower({
    inputs: [{ name: 'x', shape: [2, 2], dtype: 'float32' }],
    outputs: [{ name: 'y', tensor }],
    carried: [],
  })
}

function resultOf(tensor: AnyTensor): readonly number[] {
  const { inputs, outputs, run } = interpret(planOf(tensor))
  inputs[0]?.set([1, 2, 3, 4])
  run()
  return Array.from(outputs[0] ?? [])
}

describe('a product that nothing else needs', () => {
  test.each<[string, AnyTensor]>([
    ['as it is', product],
    ['in another shape', reshape(product, [4])],
  ])('is written to the output %s', (_, tensor) => {
    const { kernels, outputs } = planOf(tensor)
    expect(kernels).toMatchObject([{ kind: 'matmul', out: outputs[0]?.buffer, epilogue: undefined }])
    expect(resultOf(tensor)).toEqual([7, 10, 15, 22])
  })

  test('is not written to a part of a concatenation, where the rest would be behind it', () => {
    expect(resultOf(concatenate([x, product]))).toEqual([1, 2, 3, 4, 7, 10, 15, 22])
    expect(resultOf(concatenate([x, product], 1))).toEqual([1, 2, 7, 10, 3, 4, 15, 22])
  })
})
