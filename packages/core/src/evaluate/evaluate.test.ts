import {
  add,
  broadcastTo,
  cast,
  dependencyOrder,
  evaluate,
  exp,
  full,
  gather,
  input,
  isConstant,
  max,
  mul,
  neg,
  oneHot,
  ones,
  reshape,
  scatterAdd,
  sub,
  sum,
  tensor,
  toArray,
  toNested,
  toNumber,
  zeros,
  type AnyTensor,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contents, contentsOf } from '../tensor/coordinates.arbitrary.ts'
import { programArbitrary, type Program } from './expression.arbitrary.ts'
import { oracle } from './oracle.arbitrary.ts'

/** The elements of the roots by the oracle, which knows no inputs: each is replaced by what it is bound to. */
function expected({ roots, bindings }: Program): readonly (readonly number[])[] {
  const elements = oracle((name) => bindings[name])
  return roots.map(elements)
}

describe('random programs that share subexpressions', () => {
  test('come to what the oracle says, and nothing given is changed', () => {
    fc.assert(
      fc.property(programArbitrary, (program) => {
        const { roots, given, bindings } = program
        const before = given.map((one) => toArray(one))
        const results = evaluate(
          Object.fromEntries(roots.map((root, index) => [`r${index}`, root])),
          bindings,
        )
        const wanted = expected(program)
        for (const [index, root] of roots.entries())
          expect(contents(results[`r${index}`] ?? root)).toEqual(
            contentsOf(root.dtype, root.shape, wanted[index] ?? []),
          )
        expect(given.map((one) => toArray(one))).toEqual(before)
      }),
      { numRuns: 1500 },
    )
  })
})

describe('an array is written over only when nothing reads it any more', () => {
  const x = add(tensor([1, 2, 3, 4]), 0)
  const cases: Record<string, () => [AnyTensor, unknown][]> = {
    'a reshape shares it': () => [
      [
        reshape(x, [2, 2]),
        [
          [1, 2],
          [3, 4],
        ],
      ],
      [neg(x), [-1, -2, -3, -4]],
    ],
    'a reshape of a reshape shares it': () => [
      [reshape(reshape(x, [2, 2]), [4, 1]), [[1], [2], [3], [4]]],
      [neg(x), [-1, -2, -3, -4]],
    ],
    'a broadcast shares it': () => [
      [broadcastTo(x, [1, 4]), [[1, 2, 3, 4]]],
      [neg(x), [-1, -2, -3, -4]],
    ],
    'both sides of an operation share it': () => [
      [
        sub(reshape(x, [2, 2]), reshape(neg(x), [2, 2])),
        [
          [2, 4],
          [6, 8],
        ],
      ],
      [exp(mul(x, 0)), [1, 1, 1, 1]],
    ],
    'it is a root': () => [
      [x, [1, 2, 3, 4]],
      [neg(x), [-1, -2, -3, -4]],
      [neg(neg(x)), [1, 2, 3, 4]],
    ],
    'it is that of a constant behind a reshape': () => {
      const constant = tensor([1, 2, 3, 4])
      return [
        [
          neg(reshape(constant, [2, 2])),
          [
            [-1, -2],
            [-3, -4],
          ],
        ],
        [constant, [1, 2, 3, 4]],
      ]
    },
  }

  test.each(Object.entries(cases))('%s', (_, build) => {
    for (const pairs of [build(), build().toReversed()]) {
      const results = evaluate(Object.fromEntries(pairs.map(([root], index) => [`r${index}`, root])))
      expect(Object.values(results).map(toNested)).toEqual(pairs.map(([, value]) => value))
    }
  })

  test.each(['float32', 'float64'] as const)(
    'large arrays of %s are handed on to later results and still come out right',
    (dtype) => {
      const shape = [300, 100] as const
      const kept = add(full(shape, 1.5, dtype), ones(shape, dtype))
      let chain: Tensor = kept
      for (let step = 0; step < 30; step++)
        chain = reshape(add(mul(chain, full([100], 1, dtype)), step), shape)
      const rows = tensor([0, ...Array.from({ length: 299 }, () => 1)], 'int32')
      const scattered = scatterAdd(chain, rows, 300)
      const { first, last, moved, marked } = evaluate({
        first: kept,
        last: sum(chain),
        moved: scattered,
        marked: sum(oneHot(cast(mul(sum(scattered, { axes: 1 }), 0), 'int32'), 100, dtype)),
      })
      expect(toArray(first).every((value) => value === 2.5)).toBe(true)
      expect(toNumber(last)).toBe(300 * 100 * 437.5)
      expect(Array.from(toArray(moved), (value) => value / 437.5)).toEqual(
        Array.from({ length: 300 * 100 }, (_, position) => (position < 100 ? 1 : position < 200 ? 299 : 0)),
      )
      expect(toNumber(marked)).toBe(300)
    },
  )
})

describe('expressions of any depth', () => {
  test('a chain of 100,000 additions', () => {
    let total: Tensor = input('x', [])
    for (let step = 0; step < 100_000; step++) total = add(total, 1)
    expect(toNumber(evaluate(total, { x: tensor(0) }))).toBe(100_000)
  })

  test('a chain in which every link is used twice', () => {
    let value: Tensor = tensor(1)
    for (let step = 0; step < 1000; step++) value = mul(add(value, value), 0.5)
    expect(toNumber(value)).toBe(1)
    expect(dependencyOrder([value])).toHaveLength(1 + 3 * 1000)
  })
})

test('an order has operands before the tensors that use them, each once', () => {
  fc.assert(
    fc.property(programArbitrary, ({ roots }) => {
      const order = dependencyOrder(roots)
      const position = new Map(order.map((one, index) => [one, index]))
      expect(position.size).toBe(order.length)
      expect(roots.every((root) => position.has(root))).toBe(true)
      for (const [index, one] of order.entries())
        for (const operand of one.expression.operands) expect(position.get(operand)).toBeLessThan(index)
    }),
  )
})

test('a broadcast maximum is subtracted from its row', () => {
  const x = tensor([
    [1, 2, 3],
    [6, 5, 4],
  ])
  expect(toNested(sub(x, max(x, { axes: 1, keepDims: true })))).toEqual([
    [-2, -1, 0],
    [0, -1, -2],
  ])
})

describe('trees', () => {
  test('every tensor is evaluated, and constants stay themselves', () => {
    const x = tensor([1, 2, 3])
    const { total, deep, same } = evaluate({ total: sum(x), deep: { squares: mul(x, x) }, same: x })
    expect(toNumber(total)).toBe(6)
    expect(toNested(deep.squares)).toEqual([1, 4, 9])
    expect(same).toBe(x)
    expect([total, deep.squares].every(isConstant)).toBe(true)
  })

  test('none at all', () => {
    expect(evaluate({})).toEqual({})
  })

  test('equal constants are equal to toEqual, others are not', () => {
    expect(evaluate(add(tensor([1, 2]), 1))).toEqual(tensor([2, 3]))
    expect(tensor([2, 3])).not.toEqual(tensor([2, 4]))
    expect(tensor([2, 3])).not.toEqual(tensor([2, 3], 'int32'))
  })
})

describe('bindings', () => {
  test('may be expressions themselves', () => {
    const x = input('x', [2])
    expect(toNested(evaluate(add(x, x), { x: mul(tensor([1, 2]), 3) }))).toEqual([6, 12])
  })

  test('named as properties of objects are, must be own', () => {
    const hidden = input('constructor', [])
    expect(() => evaluate(hidden)).toThrow("input 'constructor' [] is given no value")
    const proto = Object.fromEntries([['__proto__', tensor(5)]])
    expect(toNumber(evaluate(input('__proto__', []), proto))).toBe(5)
  })
})

describe('what comes out is a copy', () => {
  test('of a constant, also behind a reshape', () => {
    const x = tensor([1, 2])
    for (const one of [x, reshape(x, [2, 1]), reshape(x, [1, 2])]) {
      toArray(one).fill(9)
      expect(toNested(x)).toEqual([1, 2])
    }
  })
})

test.each<[string, () => unknown]>([
  [
    "evaluate: input 'x' [2] is given no value; bind it by its name",
    () => evaluate(neg(input('x', [2])), { y: tensor(1) }),
  ],
  [
    "evaluate: input 'x' takes float32 [2] but is given float32 [3]",
    () => evaluate(input('x', [2]), { x: zeros([3]) }),
  ],
  [
    "evaluate: input 'x' takes float32 [2] but is given int32 [2]",
    () => evaluate(input('x', [2]), { x: zeros([2], 'int32') }),
  ],
  ['toNumber: takes a tensor of one element, not of shape [2]; reduce it first', () => toNumber(zeros([2]))],
  ['toNumber: takes a tensor of one element, not of shape [0]; reduce it first', () => toNumber(zeros([0]))],
  [
    'gather: index 3 at position 1 is outside an axis of size 3',
    () => toArray(gather(zeros([3]), tensor([0, 3], 'int32'))),
  ],
  [
    'gather: index -1 at position 0 is outside an axis of size 3',
    () => toArray(gather(zeros([0, 3]), tensor([-1], 'int32'), 1)),
  ],
  [
    'scatterAdd: index 2 at position 0 is outside an axis of size 2',
    () => toArray(scatterAdd(zeros([1, 0]), tensor([2], 'int32'), 2)),
  ],
])('%s', (sentence, run) => {
  expect(run).toThrow(expect.objectContaining({ message: sentence }))
})
