import * as core from '@pullback/core'
import {
  add,
  cast,
  fromValues,
  full,
  less,
  scalar,
  neg,
  square,
  tensor,
  toArray,
  toNested,
  where,
  type AnyTensor,
  type BinaryOperator,
  type Comparison,
  type Dtype,
  type FloatFunction,
  type NumberFunction,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { contents, contentsOf, coordinates, reader } from './coordinates.arbitrary.ts'
import { broadcastShapesArbitrary, shapeArbitrary } from './shape.arbitrary.ts'
import { dtypeArbitrary, tensorArbitrary } from './tensor.arbitrary.ts'

const logistic = (x: number) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)))

const numberFunctions: Record<string, [NumberFunction, (x: number) => number]> = {
  neg: [core.neg, (x) => -x],
  abs: [core.abs, (x) => (x < 0 || Object.is(x, -0) ? -x : x)],
  sign: [core.sign, (x) => (x > 0 ? 1 : x < 0 ? -1 : x)],
  floor: [core.floor, (x) => Math.floor(x)],
  square: [square, (x) => x * x],
}

const floatFunctions: Record<string, [FloatFunction, (x: number) => number]> = {
  sqrt: [core.sqrt, (x) => Math.sqrt(x)],
  exp: [core.exp, (x) => Math.exp(x)],
  expm1: [core.expm1, (x) => Math.expm1(x)],
  log: [core.log, (x) => Math.log(x)],
  log1p: [core.log1p, (x) => Math.log1p(x)],
  sin: [core.sin, (x) => Math.sin(x)],
  cos: [core.cos, (x) => Math.cos(x)],
  tanh: [core.tanh, (x) => Math.tanh(x)],
  sigmoid: [core.sigmoid, logistic],
}

/** Products of 32-bit integers in exact arithmetic, wrapped. */
const wrap = (value: bigint): number => Number(BigInt.asIntN(32, value))

const larger = (x: number, y: number) => (Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : Math.max(x, y))
const smaller = (x: number, y: number) => -larger(-x, -y)

function intPower(x: number, y: number): number {
  const exact = x ** y
  if (exact > 2 ** 31 - 1) return 2 ** 31 - 1
  if (exact < -(2 ** 31)) return -(2 ** 31)
  return Math.trunc(exact)
}

const operators: Record<
  string,
  [BinaryOperator, (x: number, y: number) => number, (x: number, y: number) => number]
> = {
  add: [core.add, (x, y) => x + y, (x, y) => wrap(BigInt(x) + BigInt(y))],
  sub: [core.sub, (x, y) => x - y, (x, y) => wrap(BigInt(x) - BigInt(y))],
  mul: [core.mul, (x, y) => x * y, (x, y) => wrap(BigInt(x) * BigInt(y))],
  div: [core.div, (x, y) => x / y, (x, y) => (y === 0 ? 0 : wrap(BigInt(x) / BigInt(y)))],
  pow: [
    core.pow,
    (x, y) => {
      if (x === 1 || y === 0) return 1
      if (x === -1 && (y === Infinity || y === -Infinity)) return 1
      return x ** y
    },
    intPower,
  ],
  maximum: [core.maximum, larger, (x, y) => (x > y ? x : y)],
  minimum: [core.minimum, smaller, (x, y) => (x < y ? x : y)],
}

const comparisons: Record<string, [Comparison, (x: number, y: number) => boolean]> = {
  equal: [core.equal, (x, y) => x === y],
  notEqual: [core.notEqual, (x, y) => x !== y],
  less: [core.less, (x, y) => x < y],
  lessEqual: [core.lessEqual, (x, y) => x <= y],
  greater: [core.greater, (x, y) => x > y],
  greaterEqual: [core.greaterEqual, (x, y) => x >= y],
}

const tensors = shapeArbitrary().chain((shape) =>
  dtypeArbitrary.chain((dtype) => tensorArbitrary(shape, dtype)),
)

const floats = fc
  .tuple(shapeArbitrary(), fc.constantFrom('float32', 'float64'))
  .chain(([shape, dtype]) => tensorArbitrary(shape, dtype))

const operandsOf = (count: number, dtypes: fc.Arbitrary<Dtype> = dtypeArbitrary) =>
  fc.tuple(broadcastShapesArbitrary(count), dtypes).chain(([{ shape, operands }, dtype]) =>
    fc.record({
      shape: fc.constant(shape),
      dtype: fc.constant(dtype),
      operands: fc.tuple(...operands.map((sizes) => tensorArbitrary(sizes, dtype))),
    }),
  )

const only = (tensors: readonly AnyTensor[], index: number): AnyTensor => {
  const found = tensors[index]
  if (found === undefined) throw new Error(`there is no operand ${index}`)
  return found
}

describe('functions of one tensor', () => {
  test.each(Object.entries(numberFunctions))('%s', (_, [f, expected]) => {
    fc.assert(
      fc.property(tensors, (x) => {
        const values = Array.from(toArray(x))
        const results =
          f === square && x.dtype === 'int32'
            ? values.map((value) => wrap(BigInt(value) ** 2n))
            : values.map(expected)
        expect(contents(f(x))).toEqual(contentsOf(x.dtype, x.shape, results))
      }),
    )
  })

  test.each(Object.entries(floatFunctions))('%s', (_, [f, expected]) => {
    fc.assert(
      fc.property(floats, (x) => {
        expect(contents(f(x))).toEqual(contentsOf(x.dtype, x.shape, Array.from(toArray(x), expected)))
      }),
    )
  })

  test.each(Object.keys({ ...floatFunctions, erf: 0 }))('%s refuses int32', (name) => {
    const f = { ...floatFunctions, erf: [core.erf] }[name]?.[0] as unknown as (x: AnyTensor) => AnyTensor
    expect(() => f(tensor([1], 'int32'))).toThrow(
      new TypeError(`${name}: takes float32 or float64, not int32; convert with cast`),
    )
  })

  test('functions of a repeated element stay cheap and right', () => {
    expect(toNested(core.exp(full([2, 2], 0)))).toEqual([
      [1, 1],
      [1, 1],
    ])
  })

  test('sigmoid is finite at both ends', () => {
    expect(toNested(core.sigmoid(tensor([-1e30, -800, 0, 800, 1e30], 'float64')))).toEqual([0, 0, 0.5, 1, 1])
  })
})

describe('operators on two tensors, broadcast', () => {
  test.each(Object.entries(operators))('%s', (_, [f, ofFloats, ofInts]) => {
    fc.assert(
      fc.property(operandsOf(2), ({ shape, dtype, operands }) => {
        const [a, b] = [only(operands, 0), only(operands, 1)]
        const [readA, readB] = [reader(a), reader(b)]
        const expected = coordinates(shape).map((index) =>
          (dtype === 'int32' ? ofInts : ofFloats)(readA(index), readB(index)),
        )
        expect(contents(f(a, b))).toEqual(contentsOf(dtype, shape, expected))
      }),
    )
  })

  test.each(Object.entries(comparisons))('%s', (_, [f, holds]) => {
    fc.assert(
      fc.property(operandsOf(2), ({ shape, operands }) => {
        const [a, b] = [only(operands, 0), only(operands, 1)]
        const [readA, readB] = [reader(a), reader(b)]
        const expected = coordinates(shape).map((index) => (holds(readA(index), readB(index)) ? 1 : 0))
        expect(contents(f(a, b))).toEqual(contentsOf('int32', shape, expected))
      }),
    )
  })

  test('where', () => {
    fc.assert(
      fc.property(
        broadcastShapesArbitrary(3).chain(({ shape, operands: [c = [], a = [], b = []] }) =>
          dtypeArbitrary.chain((dtype) =>
            fc.tuple(
              fc.constant(shape),
              tensorArbitrary(c, 'int32', fc.constantFrom(0, 0, 1, -3)),
              tensorArbitrary(a, dtype),
              tensorArbitrary(b, dtype),
            ),
          ),
        ),
        ([shape, condition, a, b]) => {
          const [readC, readA, readB] = [reader(condition), reader(a), reader(b)]
          const expected = coordinates(shape).map((index) =>
            readC(index) === 0 ? readB(index) : readA(index),
          )
          expect(contents(where(condition, a, b))).toEqual(contentsOf(a.dtype, shape, expected))
        },
      ),
    )
  })

  test('a number takes the dtype of the tensor beside it', () => {
    expect(toArray(add(tensor([1], 'int32'), 2))).toEqual(new Int32Array([3]))
    expect(toArray(core.sub(1, tensor([0.1], 'float64')))).toEqual(new Float64Array([0.9]))
    expect(toArray(where(tensor([1, 0], 'int32'), 1, tensor([2, 3], 'float64')))).toEqual(
      new Float64Array([1, 3]),
    )
  })

  test('floats follow IEEE where JavaScript does not', () => {
    const powers = core.pow(tensor([1, 1, -1, -1, 0]), tensor([NaN, Infinity, Infinity, -Infinity, 0]))
    expect(toNested(powers)).toEqual([1, 1, 1, 1, 1])
  })

  test('int32 wraps, and divides by zero to 0', () => {
    const lowest = tensor([-(2 ** 31)], 'int32')
    expect(toNested(neg(lowest))).toEqual([-(2 ** 31)])
    expect(toNested(core.div(lowest, -1))).toEqual([-(2 ** 31)])
    expect(toNested(core.div(lowest, 0))).toEqual([0])
    expect(toNested(core.div(tensor([7, -7], 'int32'), 2))).toEqual([3, -3])
  })
})

describe('cast', () => {
  test('rounds to float32, truncates to int32, widens exactly', () => {
    fc.assert(
      fc.property(tensors, dtypeArbitrary, (x, dtype) => {
        const expected = Array.from(toArray(x), (value) => {
          if (dtype !== 'int32') return value
          if (Number.isNaN(value)) return 0
          return value >= 2 ** 31 - 1 ? 2 ** 31 - 1 : value <= -(2 ** 31) ? -(2 ** 31) : Math.trunc(value)
        })
        expect(contents(cast(x, dtype))).toEqual(contentsOf(dtype, x.shape, expected))
      }),
    )
  })

  test('to its own dtype is the tensor itself', () => {
    const x = tensor([1])
    expect(cast(x, 'float32')).toBe(x)
  })
})

test('two numbers are float32, as a number alone is', () => {
  expect(contents(add(0.1, 2))).toEqual(contents(scalar(Math.fround(0.1) + 2)))
  expect(contents(less(1, 2))).toEqual(contents(scalar(1, 'int32')))
  expect(contents(where(tensor([0, 1], 'int32'), 1.5, 2))).toEqual(contents(tensor([2, 1.5])))
})

describe('sentences', () => {
  const f32 = tensor([1, 2])
  const i32 = tensor([1, 2], 'int32')
  const other = tensor([1, 2], 'float64') as unknown as typeof f32

  test.each<[string, () => AnyTensor]>([
    ['add: float32 and float64 do not mix; convert one of them with cast', () => add(f32, other)],
    ['add: [2] and [3] do not broadcast to one shape', () => add(f32, tensor([1, 2, 3]))],
    ['less: [2, 1] and [3, 2] do not broadcast to one shape', () => less(full([2, 1], 0), full([3, 2], 0))],
    [
      'add: the second operand is undefined, which is not a number',
      () => add(1, undefined as unknown as number),
    ],
    [
      'add: the number beside a tensor of float32 is a tensor of another copy of @pullback/core; have one copy installed, and import it everywhere',
      () => add(f32, { shape: [2], dtype: 'float32', expression: f32.expression } as unknown as number),
    ],
    ['add: the number beside a tensor of int32 is 0.5, which is not a 32-bit integer', () => add(i32, 0.5)],
    [
      'where: the condition must be int32, such as a comparison gives, not float32',
      () => where(f32 as unknown as typeof i32, 1, f32),
    ],
    ['where: [3] and [2] do not broadcast to one shape', () => where(tensor([1, 0, 1], 'int32'), f32, 0)],
    [
      'mul: a tensor of shape [134217728, 134217728] has too many elements',
      () => core.mul(full([2 ** 27, 1], 0), full([2 ** 27], 0)),
    ],
  ])('%s', (sentence, build) => {
    expect(build).toThrow(sentence)
    expect(build).toThrow(new RegExp(`^${sentence.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`))
  })
})

describe('types', () => {
  const x = fromValues([1, 2, 3, 4, 5, 6], [2, 3])

  test('functions of one tensor keep shape and dtype', () => {
    expectTypeOf(core.exp(x)).toEqualTypeOf<core.Tensor<readonly [2, 3], 'float32'>>()
    expectTypeOf(neg(tensor([1], 'int32'))).toEqualTypeOf<core.Tensor<readonly [1], 'int32'>>()
    expectTypeOf(cast(x, 'float64')).toEqualTypeOf<core.Tensor<readonly [2, 3], 'float64'>>()
    expect(core.exp(x).shape).toEqual([2, 3])
  })

  test('operators join equal shapes and scalars', () => {
    expectTypeOf(add(x, x)).toEqualTypeOf<core.Tensor<readonly [2, 3], 'float32'>>()
    expectTypeOf(add(x, 1)).toEqualTypeOf<core.Tensor<readonly [2, 3], 'float32'>>()
    expectTypeOf(less(x, 1)).toEqualTypeOf<core.Tensor<readonly [2, 3], 'int32'>>()
    expect(less(x, 1).dtype).toBe('int32')
  })
})
