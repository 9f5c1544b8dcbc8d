import {
  affine,
  relu,
  seed,
  sequential,
  toArray,
  evaluate,
  softmaxCrossEntropy,
  objective,
  transformTree,
  cast,
} from '@pullback/core'
import { expect, test } from 'vitest'
import { bitsOf } from '../testing/bits.ts'

const net = sequential(['N', 4], ['fc1', affine(4, 5)], ['relu', relu()], ['fc2', affine(5, 3)])

test('the same seed draws the same bits, another seed others', () => {
  expect(bitsOf(net.init(seed(7)))).toEqual(bitsOf(net.init(seed(7))))
  expect(bitsOf(net.init(seed(7)))).not.toEqual(bitsOf(net.init(seed(8))))
})

test('a parameter depends on its path, not on what stands before it', () => {
  const longer = sequential(
    ['N', 4],
    ['zero', affine(4, 4)],
    ['fc1', affine(4, 5)],
    ['again', affine(5, 5)],
    ['fc2', affine(5, 3)],
  )
  expect(bitsOf(longer.init(seed(7)).fc1)).toEqual(bitsOf(net.init(seed(7)).fc1))
  expect(bitsOf(longer.init(seed(7)).fc2)).toEqual(bitsOf(net.init(seed(7)).fc2))
})

test('two layers of one shape are drawn apart', () => {
  const { a, b } = sequential(['N', 3], ['a', affine(3, 3)], ['b', affine(3, 3)]).init(seed(0))
  expect(bitsOf(a.W)).not.toEqual(bitsOf(b.W))
})

test('an objective draws the parameters of its net', () => {
  expect(bitsOf(objective(net, softmaxCrossEntropy(3)).init(seed(3)))).toEqual(bitsOf(net.init(seed(3))))
})

test('float32 parameters are those of float64 to within rounding', () => {
  const single = net.init(seed(1))
  const double = net.init(seed(1), { dtype: 'float64' })
  const rounded = evaluate(transformTree(double, (tensor) => cast(tensor, 'float32')))
  const pairs = [single.fc1.W, single.fc2.W].map(toArray).flatMap((values) => [...values])
  const others = [rounded.fc1.W, rounded.fc2.W].map(toArray).flatMap((values) => [...values])
  for (const [index, value] of pairs.entries()) expect(value).toBeCloseTo(others[index] ?? Number.NaN, 6)
})

test('the numbers of one seed never change', () => {
  expect(Array.from(toArray(net.init(seed(0), { dtype: 'float64' }).fc2.W).slice(0, 3)))
    .toMatchInlineSnapshot(`
    [
      0.10099422656773105,
      -0.4205784459361653,
      0.7086966402294188,
    ]
  `)
})
