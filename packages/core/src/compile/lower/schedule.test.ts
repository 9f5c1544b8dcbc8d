import { add, input, matmul, mul, oneHot, reshape, sub, sum, transpose, type AnyTensor } from '@pullback/core'
import { describe, expect, test } from 'vitest'
import { lower } from './lower.ts'

const x = input('x', [3, 3])
const y = input('y', [3])
const labels = input('labels', [3], 'int32')

const planOf = (
  outputs: readonly AnyTensor[],
  carried: readonly (readonly [output: number, input: number])[],
) =>
  lower({
    inputs: [
      { name: 'x', shape: [3, 3], dtype: 'float32' },
      { name: 'y', shape: [3], dtype: 'float32' },
      { name: 'labels', shape: [3], dtype: 'int32' },
    ],
    outputs: outputs.map((tensor, index) => ({ name: `r${index}`, tensor })),
    carried: carried.map(([output, input]) => ({ output, input })),
  })

/** Whether the first output is written over the input that it is carried to. */
function isInPlace(...outputs: readonly AnyTensor[]): boolean {
  const { inputs, outputs: slots } = planOf(outputs, [[0, 0]])
  return slots[0]?.buffer === inputs[0]?.buffer
}

describe('a carried output is written over its input', () => {
  test.each<[string, readonly AnyTensor[]]>([
    ['where it is computed element by element', [mul(x, 2)]],
    [
      'by the epilogue of a product of other things',
      [sub(x, matmul(reshape(y, [3, 1]), reshape(y, [1, 3])))],
    ],
    [
      'after what reads the input otherwise, though that is asked for later',
      [mul(x, 2), sum(x, { axes: 0 }), transpose(x)],
    ],
    ['after checks', [mul(x, 2), oneHot(labels, 3)]],
    ['if it is the input itself', [x]],
  ])('%s', (_, outputs) => {
    expect(isInPlace(...outputs)).toBe(true)
  })
})

describe('a carried output has memory of its own', () => {
  test.each<[string, readonly AnyTensor[]]>([
    ['if it reads the input at other positions', [add(x, transpose(x))]],
    ['if it is a product of the input', [add(matmul(x, x), x)]],
    ['if what reads the input needs it', [mul(x, 2), matmul(x, mul(sum(mul(x, 2)), transpose(x)))]],
  ])('%s', (_, outputs) => {
    expect(isInPlace(...outputs)).toBe(false)
  })
})

test('two inputs that change places have one of them written in place at most', () => {
  const z = input('z', [3])
  const { inputs, outputs } = lower({
    inputs: [
      { name: 'y', shape: [3], dtype: 'float32' },
      { name: 'z', shape: [3], dtype: 'float32' },
    ],
    outputs: [
      { name: 'y', tensor: z },
      { name: 'z', tensor: y },
    ],
    carried: [
      { output: 0, input: 0 },
      { output: 1, input: 1 },
    ],
  })
  const shared = outputs.filter(({ buffer }, index) => buffer === inputs[index]?.buffer)
  expect(shared.length).toBeLessThan(2)
})

test('checks come before anything that needs no check', () => {
  const { kernels } = planOf([mul(x, 2), oneHot(labels, 3)], [])
  expect(kernels[0]?.kind).toBe('check')
})
