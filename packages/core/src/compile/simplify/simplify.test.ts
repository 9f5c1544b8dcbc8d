import {
  add,
  broadcastTo,
  cast,
  dependencyOrder,
  div,
  evaluate,
  exp,
  full,
  gather,
  greater,
  input,
  matmul,
  max,
  maximum,
  mul,
  neg,
  notEqual,
  ones,
  reshape,
  simplify,
  slice,
  sub,
  sum,
  tensor,
  transpose,
  where,
  zeros,
  type AnyTensor,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { programArbitrary, type Program as Random } from '../../evaluate/expression.arbitrary.ts'
import { contents } from '../../tensor/coordinates.arbitrary.ts'
import type { Program } from '../program.ts'
import { simplifiableArbitrary } from './simplifiable.arbitrary.ts'
import { rewrites } from './simplify.ts'

/** A program of these results; what inputs it has does not matter here. */
const programOf = (...tensors: readonly AnyTensor[]): Program => ({
  inputs: [],
  outputs: tensors.map((one, index) => ({ name: `r${index}`, tensor: one })),
  carried: [],
})

const simplified = (...tensors: readonly AnyTensor[]): readonly AnyTensor[] =>
  simplify(programOf(...tensors)).outputs.map((output) => output.tensor)

const ops = (tensors: readonly AnyTensor[]): readonly string[] =>
  dependencyOrder(tensors).map(({ expression }) => expression.op)

const x = input('x', [3, 4])
const y = input('y', [3, 4])
const i = input('i', [3, 4], 'int32')
const row = input('row', [4])

const examples: Readonly<Record<string, readonly [before: AnyTensor, after: AnyTensor]>> = {
  'x * 1 = x': [mul(ones([3, 4]), x), x],
  'x * -1 = -x': [mul(x, -1), neg(x)],
  'x / 1 = x': [div(x, 1), x],
  'x / 2^k = x * 2^-k, both being rounded once': [div(x, 8), mul(x, 0.125)],
  'x - 0 = x': [sub(x, 0), x],
  'x + -0 = x, and x + 0 = x of integers': [add(x, -0), x],
  '-(-x) = x': [neg(neg(x)), x],
  'x + -y = x - y': [add(x, neg(y)), sub(x, y)],
  'x - -y = x + y': [sub(x, neg(y)), add(x, y)],
  'the larger and the smaller of x and x are x': [maximum(x, x), x],
  'both choices are the same': [where(i, x, x), x],
  'the condition is known': [where(ones([3, 4], 'int32'), x, y), x],
  'a condition holds where it is not 0': [where(notEqual(i, 0), x, y), where(i, x, y)],
  'float64 holds every float32 and int32': [cast(cast(x, 'float64'), 'int32'), cast(x, 'int32')],
  'a cast to the same dtype': [cast(cast(x, 'float64'), 'float32'), x],
  'a reshape of a reshape': [reshape(reshape(x, [12]), [4, 3]), reshape(x, [4, 3])],
  'a constant in another shape': [reshape(tensor([1, 2, 3]), [3, 1]), tensor([[1], [2], [3]])],
  'parts of one element repeated are that element repeated': [reshape(ones([2, 3]), [3, 2]), ones([3, 2])],
  'a transpose of a transpose': [
    transpose(transpose(input('z', [2, 3, 4]), [1, 2, 0]), [2, 1, 0]),
    transpose(input('z', [2, 3, 4]), [0, 2, 1]),
  ],
  'the axes stay in order': [transpose(transpose(x)), x],
  'only axes of size 1 are moved': [transpose(input('z', [1, 5])), reshape(input('z', [1, 5]), [5, 1])],
  'a broadcast of a broadcast': [
    sum(broadcastTo(broadcastTo(row, [3, 4]), [2, 3, 4])),
    sum(broadcastTo(row, [2, 3, 4])),
  ],
  'the shape stays what it is': [reshape(reshape(x, [12]), [3, 4]), x],
  'axes of size 1 in front are there anyway': [
    sum(broadcastTo(reshape(row, [1, 4]), [3, 4])),
    sum(broadcastTo(row, [3, 4])),
  ],
  'a slice of a slice': [slice(slice(x, [1, 3], [0, 4, 2]), [0, 2], [1, 2]), slice(x, [1, 3], [2, 3])],
  'the largest and the smallest of one': [
    max(input('z', [3, 1]), { axes: 1 }),
    reshape(input('z', [3, 1]), [3]),
  ],
  'a product reads a transpose where it lies': [matmul(transpose(x), y), matmul(x, y, { transposeA: true })],
  'what is repeated is computed once': [
    add(broadcastTo(row, [3, 4]), ones([3, 4])),
    broadcastTo(add(row, ones([4])), [3, 4]),
  ],
  'all operands are known': [add(x, sum(tensor([1, 2, 4]))), add(x, 7)],
}

describe('every rewrite', () => {
  const reasons = new Set(rewrites.map(({ reason }) => reason))

  test('has an example', () => {
    expect([...reasons].filter((reason) => !(reason in examples))).toEqual([])
    expect(Object.keys(examples).filter((reason) => !reasons.has(reason))).toEqual([])
  })

  test.each(Object.entries(examples))('%s', (reason, [before, after]) => {
    const told: string[] = []
    const [result] = simplify(programOf(before), (why) => told.push(why)).outputs
    expect(told).toContain(reason)
    expect(result?.tensor).toEqual(after)
  })
})

/** Compares what a random program and the simplified one come to, element by element. */
function expectSame({ roots, bindings }: Random): void {
  const outcome = (tensors: readonly AnyTensor[]) => tensors.map((one) => contents(evaluate(one, bindings)))
  expect(outcome(simplified(...roots))).toEqual(outcome(roots))
}

describe('simplified programs give the same bits', () => {
  test('random ones', () => {
    fc.assert(fc.property(programArbitrary, expectSame), { numRuns: 700 })
  })

  test('those that can be said with less, on NaN, infinities and both zeros', () => {
    fc.assert(fc.property(simplifiableArbitrary, expectSame), { numRuns: 1500 })
  })

  test('and simplifying again changes nothing', () => {
    fc.assert(
      fc.property(simplifiableArbitrary, ({ roots }) => {
        const once = simplified(...roots)
        expect(ops(simplified(...once))).toEqual(ops(once))
      }),
      { numRuns: 300 },
    )
  })

  test('no program grows', () => {
    fc.assert(
      fc.property(simplifiableArbitrary, ({ roots }) => {
        const kinds = (tensors: readonly AnyTensor[]) =>
          ops(tensors).filter((op) => !['constant', 'broadcast', 'reshape'].includes(op))
        expect(kinds(simplified(...roots)).length).toBeLessThanOrEqual(kinds(roots).length)
      }),
      { numRuns: 300 },
    )
  })
})

describe('what is shared', () => {
  test('equal expressions become one, in any order of operands', () => {
    const [a, b, c] = simplified(exp(add(x, y)), exp(add(y, x)), exp(sub(x, y)))
    expect(a).toBe(b)
    expect(a).not.toBe(c)
  })

  test('0 and -0 stay two numbers, and so do other attributes', () => {
    const results = simplified(
      mul(x, 0),
      mul(x, -0),
      sum(x, { axes: 0 }),
      sum(x, { axes: 1 }),
      full([2], 1),
      full([2], 1, 'float64'),
    )
    expect(new Set(results).size).toBe(results.length)
  })
})

describe('what is folded', () => {
  test('nothing that would make a small program large', () => {
    const column = reshape(tensor(Array.from({ length: 100 }, (_, n) => n)), [100, 1])
    const large = matmul(column, column, { transposeB: true })
    expect(ops(simplified(exp(large)))).toEqual(['constant', 'matmul', 'exp'])
    expect(ops(simplified(exp(full([1000, 1000], 1))))).toEqual(['constant', 'broadcast'])
  })

  test('nothing that cannot be computed', () => {
    const wrong = gather(zeros([3]), tensor([3], 'int32'))
    expect(ops(simplified(wrong))).toContain('gather')
  })
})

describe('the mask of a rectifier', () => {
  test('is taken of its output, so that its input is not kept', () => {
    const positive = maximum(x, 0)
    const before = [positive, where(greater(x, 0), y, 0)]
    const after = simplified(...before)
    const reads = dependencyOrder(after).filter(({ expression }) =>
      expression.operands.some((operand) => operand.expression.op === 'input' && operand === x),
    )
    expect(reads.map(({ expression }) => expression.op)).toEqual(['maximum'])
  })

  test('is taken of the rectifier that is there, whichever zero it has', () => {
    const after = simplified(maximum(x, -0), greater(x, 0))
    expect(ops(after).filter((op) => op === 'maximum')).toHaveLength(1)
  })

  test('is that of the input where there is no rectifier', () => {
    expect(simplified(greater(x, 0))).toEqual([greater(x, 0)])
  })
})

test('a program of 100,000 operations', () => {
  let total: Tensor = input('x', [])
  for (let step = 0; step < 50_000; step++) total = neg(add(total, 1))
  expect(ops(simplified(total)).length).toBeLessThan(110_000)
})
