import type { Loop, Matmul, Scalar, View } from '@pullback/core'
import { expect, it } from 'vitest'
import { affineUpdate } from './affineUpdate.ts'

const [m, n] = [3, 5]
const own: View = { buffer: 2, offset: 0, strides: [n, 1] }
const target: View = { buffer: 3, offset: 0, strides: [n, 1] }
const matrix = { offset: 0, batchStride: 0, rowStride: n, columnStride: 1 }

/** A product whose epilogue, with the product and X loaded, computes the last of some operations. */
function productWith(
  operations: readonly Scalar[],
  change: Partial<Loop> = {},
  rest: Partial<Matmul> = {},
): Matmul {
  const code: readonly Scalar[] = [
    { op: 'load', view: 0, dtype: 'float32' },
    { op: 'load', view: 1, dtype: 'float32' },
    { op: 'constant', value: 0.5, dtype: 'float32' },
    ...operations,
  ]
  const epilogue: Loop = {
    kind: 'loop',
    axes: [m, n],
    loads: [own, target],
    code,
    stores: [{ value: code.length - 1, view: target }],
    reduced: [],
    reductions: [],
    ...change,
  }
  const a = { buffer: 0, ...matrix }
  const b = { buffer: 1, ...matrix }
  return { kind: 'matmul', dtype: 'float32', batch: 1, m, n, k: 5, a, b, out: 2, epilogue, ...rest }
}

const both = (op: 'add' | 'sub' | 'mul' | 'maximum', a: number, b: number): Scalar => ({
  op,
  operands: [a, b],
  dtype: 'float32',
})
const [product, old, half] = [0, 1, 2]
const transposed: View = { ...target, strides: [1, n] }

it.each<[string, Matmul, { alpha: number; beta: number } | undefined]>([
  ['X + C', productWith([both('add', old, product)]), { alpha: 1, beta: 1 }],
  ['C - X', productWith([both('sub', product, old)]), { alpha: 1, beta: -1 }],
  [
    'X - 0.5 (C + 0.5 X)',
    productWith([both('mul', half, old), both('add', 3, product), both('mul', 4, half), both('sub', old, 5)]),
    { alpha: -0.5, beta: 0.75 },
  ],
  [
    '-C',
    productWith([{ op: 'neg', operands: [product], dtype: 'float32' }], { loads: [own, own] }),
    { alpha: -1, beta: 0 },
  ],
  ['0.5 C', productWith([both('mul', product, half)], { loads: [own] }), { alpha: 0.5, beta: 0 }],
  ['C + 0.5', productWith([both('add', product, half)]), undefined],
  ['C X', productWith([both('mul', product, old)]), undefined],
  ['max(C, X)', productWith([both('maximum', product, old)]), undefined],
  ['0.5 X', productWith([both('mul', old, half)]), undefined],
  [
    'C + (X - X), which is NaN where X is',
    productWith([both('sub', old, old), both('add', product, 3)]),
    undefined,
  ],
  ['C + X transposed', productWith([both('add', product, old)], { loads: [own, transposed] }), undefined],
  [
    'two stores',
    productWith([], {
      stores: [
        { value: 0, view: target },
        { value: 1, view: own },
      ],
    }),
    undefined,
  ],
  ['a batch', productWith([both('add', product, old)], {}, { batch: 2 }), undefined],
  [
    'X written as columns',
    productWith([both('add', product, old)], { stores: [{ value: 3, view: transposed }] }),
    undefined,
  ],
])('%s', (_, matmul, wanted) => {
  const found = affineUpdate(matmul)
  expect(found && { alpha: found.alpha, beta: found.beta }).toEqual(wanted)
})
