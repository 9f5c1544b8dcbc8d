import { deepStrictEqual } from 'node:assert/strict'
import {
  add,
  cast,
  evaluate,
  fromValues,
  full,
  input,
  iota,
  isTensor,
  matmul,
  mul,
  oneHot,
  ones,
  randomUniform,
  reshape,
  scalar,
  seed,
  slice,
  sum,
  tensor,
  toArray,
  toNested,
  transpose,
  zeros,
  type AnyTensor,
  type Float,
  type Nested,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { contents, contentsOf, coordinates } from './coordinates.arbitrary.ts'
import { shapeArbitrary } from './shape.arbitrary.ts'
import { dtypeArbitrary, tensorArbitrary } from './tensor.arbitrary.ts'

describe('constructors', () => {
  test('nested numbers come back as they were', () => {
    fc.assert(
      fc.property(
        // An array of no rows does not say how long they would be.
        shapeArbitrary()
          .filter((shape) => !shape.slice(0, -1).includes(0))
          .chain((shape) => tensorArbitrary(shape, 'float64')),
        (x) => {
          const again = tensor(toNested(x), 'float64')
          expect(contents(again)).toEqual(contents(x))
        },
      ),
    )
  })

  test('flat numbers come back as they were, rounded to the dtype', () => {
    fc.assert(
      fc.property(
        shapeArbitrary().chain((shape) => tensorArbitrary(shape, 'float64')),
        fc.constantFrom('float32', 'float64'),
        fc.boolean(),
        (x, dtype, typed) => {
          const values = typed ? toArray(x) : Array.from(toArray(x))
          expect(contents(fromValues(values, x.shape, dtype))).toEqual(
            contentsOf(dtype, x.shape, Array.from(values)),
          )
        },
      ),
    )
  })

  test('full, zeros and ones', () => {
    fc.assert(
      fc.property(
        shapeArbitrary(),
        dtypeArbitrary,
        fc.integer({ min: -9, max: 9 }),
        (shape, dtype, value) => {
          const count = coordinates(shape).length
          for (const [one, element] of [
            [full(shape, value, dtype), value],
            [zeros(shape, dtype), 0],
            [ones(shape, dtype), 1],
          ] as const)
            expect(contents(one)).toEqual(
              contentsOf(
                dtype,
                shape,
                Array.from({ length: count }, () => element),
              ),
            )
        },
      ),
    )
  })

  test('iota', () => {
    fc.assert(
      fc.property(shapeArbitrary({ minRank: 1 }), dtypeArbitrary, fc.nat(5), (shape, dtype, position) => {
        const axis = position % shape.length
        const expected = contentsOf(
          dtype,
          shape,
          coordinates(shape).map((index) => index[axis] ?? 0),
        )
        expect(contents(iota(shape, axis, dtype))).toEqual(expected)
        expect(contents(iota(shape, axis - shape.length, dtype))).toEqual(expected)
      }),
    )
  })
})

describe('constants keep to themselves', () => {
  test('the source may change afterwards', () => {
    const rows = [
      [1, 2],
      [3, 4],
    ]
    const flat = new Float32Array([1, 2])
    const shape: [number] = [2]
    const [nested, one] = [tensor(rows), fromValues(flat, shape)]
    rows[0] = [9, 9]
    flat[0] = 9
    shape[0] = 3
    expect(toNested(nested)).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(toNested(one)).toEqual([1, 2])
  })

  test('an array of the very dtype is copied too', () => {
    const source = new Int32Array([1, 2])
    const x = fromValues(source, [2], 'int32')
    source[0] = 9
    toArray(x)[1] = 9
    expect(toNested(x)).toEqual([1, 2])
  })

  test('everything a tensor is made of is frozen', () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ])
    const axes = [0]
    const all: AnyTensor[] = [
      x,
      add(x, 1),
      sum(x, { axes }),
      transpose(x),
      reshape(x, [4]),
      slice(x, [0, 1]),
      matmul(x, x),
      input('x', [2]),
    ]
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      ArrayBuffer.isView(value) ||
      (Object.isFrozen(value) && Object.values(value).every(frozen))
    expect(all.filter((one) => !frozen(one))).toEqual([])
    axes[0] = 1
    expect(toNested(all[2] ?? x)).toEqual([4, 6])
  })

  test('the array of a constant cannot be reached to write to it', () => {
    const x = evaluate(tensor([1, 2]))
    const found: { fill: (value: number) => unknown }[] = []
    const walk = (value: unknown): void => {
      if (value instanceof Float32Array) found.push(value)
      else if (typeof value === 'object' && value !== null)
        for (const key of Reflect.ownKeys(value)) walk(Reflect.get(value, key))
    }
    walk(x)
    const { expression } = x
    if (expression.op !== 'constant') throw new Error('tensor makes a constant')
    const target = Object.assign(new Float32Array(2), {
      set: (array: ArrayLike<number>) => found.push(array as Float32Array),
    })
    expression.values.copyTo(target)
    expect(target[1]).toBe(2)
    for (const array of found) array.fill(9)
    expect(toNested(x)).toEqual([1, 2])
  })

  test('constants compare by their elements', () => {
    expect(tensor([1, 2])).toEqual(tensor([1, 2]))
    expect(tensor([1, 2])).not.toEqual(tensor([1, 3]))
    expect(tensor([1, 2])).not.toEqual(tensor([1, 2], 'float64'))
    expect(() => deepStrictEqual(tensor([1, 2]), tensor([1, 2]))).not.toThrow()
    expect(() => deepStrictEqual(tensor([1, 2]), tensor([1, 3]))).toThrow('strictly deep-equal')
  })

  test('values read one by one or as a block', () => {
    const { expression } = tensor([1.5, 2.5])
    if (expression.op !== 'constant') throw new Error('tensor makes a constant')
    const target = new Float64Array(3)
    expression.values.copyTo(target, 1)
    expect(target).toEqual(new Float64Array([0, 1.5, 2.5]))
    expect(expression.values.at(1)).toBe(2.5)
    expect(() => expression.values.at(2)).toThrow('position 2 is outside a tensor of 2 elements')
    expect(() => expression.values.copyTo(target, 2)).toThrow(
      '2 elements from position 2 on do not fit into an array of 3',
    )
  })
})

test('what is a tensor', () => {
  const x = tensor(1)
  expect([x, mul(x, 2)].every(isTensor)).toBe(true)
  expect([{ ...x, shape: [] }, null, 1, [], { shape: [], dtype: 'float32' }].map(isTensor)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
})

describe('a dtype that there is not, from plain JavaScript', () => {
  const half = 'float16' as Float

  test.each<[string, () => AnyTensor]>([
    ['tensor', () => tensor([1], half)],
    ['fromValues', () => fromValues([1], [1], half)],
    ['scalar', () => scalar(1, half)],
    ['zeros', () => zeros([2], half)],
    ['input', () => input('x', [2], half)],
    ['iota', () => iota([2], 0, half)],
    ['oneHot', () => oneHot(iota([2]), 2, half)],
    ['randomUniform', () => randomUniform(seed(0), [2], half)],
    ['cast', () => cast(ones([2]), half)],
  ])('%s', (_, build) => {
    expect(build).toThrow(new TypeError("there is no dtype 'float16', only float32, float64 and int32"))
  })
})

test('a tensor that there is no room for', () => {
  const sentence = new RangeError(
    'there is no room for a tensor of float64 [100000, 200000], which takes 160000000000 bytes',
  )
  const large = zeros([100_000, 200_000], 'float64')
  expect(() => evaluate(large)).toThrow(sentence)
  expect(() => evaluate(sum(large))).toThrow(sentence)
  expect(() => evaluate(cast(iota([100_000, 200_000]), 'float64'))).toThrow(
    'there is no room for a tensor of int32 [100000, 200000], which takes 80000000000 bytes',
  )
})

const bad = (value: unknown) => value as number

test.each<[string, () => AnyTensor]>([
  [
    'tensor: rows must be equally long: along axis 1 2 entries expected, but 1 entry found',
    () => tensor([[1, 2], [3]]),
  ],
  [
    'tensor: rows must be equally long: along axis 1 1 entry expected, but a number found',
    () => tensor([[1], 2] as Nested),
  ],
  [
    'tensor: rows must be equally long: along axis 1 a number expected, but 1 entry found',
    () => tensor([1, [2]] as Nested),
  ],
  [
    'tensor: rows must be equally long: along axis 1 a number expected, but a string found',
    () => tensor([bad('1')]),
  ],
  ['tensor: element 1 is 1.5, which is not a 32-bit integer', () => tensor([1, 1.5], 'int32')],
  ['tensor: element 0 is NaN, which is not a 32-bit integer', () => tensor(NaN, 'int32')],
  ['tensor: a shape has at most 6 dimensions, not 7', () => tensor([[[[[[[1]]]]]]] as Nested)],
  ['fromValues: shape [2, 2] has 4 elements, but 3 are given', () => fromValues([1, 2, 3], [2, 2])],
  ['fromValues: element 1 is undefined, which is not a number', () => fromValues([1, bad(undefined)], [2])],
  [
    'fromValues: element 0 is 2147483648, which is not a 32-bit integer',
    () => fromValues(new Float64Array([2 ** 31]), [1], 'int32'),
  ],
  ['fromValues: [-1] is not a shape: -1 is not a non-negative integer', () => fromValues([], [-1])],
  ['fromValues: [1.5] is not a shape: 1.5 is not a non-negative integer', () => fromValues([], [1.5])],
  ['scalar: the value is 0.5, which is not a 32-bit integer', () => scalar(0.5, 'int32')],
  ['full: the value is Infinity, which is not a 32-bit integer', () => full([2], Infinity, 'int32')],
  ['full: a shape has at most 6 dimensions, not 7', () => full([1, 1, 1, 1, 1, 1, 1], 0)],
  ['full: a tensor of shape [94906267, 94906267] has too many elements', () => full([94906267, 94906267], 0)],
  ["input 'x': [NaN] is not a shape: NaN is not a non-negative integer", () => input('x', [NaN])],
  ['iota: a tensor of rank 1 has no axis 1', () => iota([3], 1)],
])('%s', (sentence, build) => {
  expect(build).toThrow(expect.objectContaining({ message: sentence }))
})

test('types: nested numbers have the shape of their nesting', () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ])
  expectTypeOf(x).toEqualTypeOf<Tensor<readonly [2, 3], 'float32'>>()
  expectTypeOf(tensor(1, 'int32')).toEqualTypeOf<Tensor<readonly [], 'int32'>>()
  expect(x.shape).toEqual([2, 3])
})
