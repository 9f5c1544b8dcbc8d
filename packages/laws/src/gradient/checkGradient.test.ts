import {
  affine,
  fromValues,
  l2,
  mul,
  objective,
  relu,
  seed,
  sequential,
  softmaxCrossEntropy,
  tensor,
  type Net,
  type Tensor,
  type TreeRecord,
} from '@pullback/core'
import { expect, test } from 'vitest'
import { countingBackend } from '../testing/countingBackend.ts'
import { checkGradient } from './checkGradient.ts'
import { drawn } from './draw.ts'
import { legitimate, mistakes } from './wrong.arbitrary.ts'

const net = sequential(['N', 4], ['fc1', affine(4, 10)], ['relu', relu()], ['fc2', affine(10, 3)])
const loss = objective(net, softmaxCrossEntropy(3), { 'fc1.W': l2(0.1), 'fc2.W': l2(0.1) })

const numbers = (stream: number, ...shape: readonly number[]): Tensor =>
  fromValues(
    drawn(
      1,
      stream,
      shape.reduce((product, size) => product * size, 1),
    ),
    [...shape],
    'float64',
  )

const batch = { input: numbers(1, 5, 4), labels: tensor([0, 1, 2, 0, 1], 'int32') }

test('every gradient of the two-layer net is right in float64, whatever dtype its parameters have', () => {
  const check = checkGradient(loss as Net, loss.init(seed(3)), {
    input: fromValues(drawn(1, 1, 20), [5, 4], 'float32'),
    labels: batch.labels,
  })
  expect(check.verdict).toBe('right')
  expect(check.entries).toBe(103)
  expect(check.tensors.map(({ tensor: name, entries }) => [name, entries])).toEqual([
    ['params.fc1.W', 40],
    ['params.fc1.b', 10],
    ['params.fc2.W', 30],
    ['params.fc2.b', 3],
    ['input.input', 20],
  ])
  for (const { worst } of check.tensors) {
    expect(Math.abs((worst?.analytic ?? 0) - (worst?.numeric ?? 1))).toBeLessThanOrEqual(worst?.bound ?? 0)
    expect(worst?.bound).toBeLessThan(1e-9)
  }
})

const reported = (name: string) => {
  const mistake = mistakes.find((one) => one.name === name)
  if (mistake === undefined) throw new Error(`there is no mistake '${name}'`)
  return mistake.wrong
}

test('a wrong entry is named with what it is and what it should be', () => {
  const wrong = reported('one entry of a parameter off by 1e-8')
  const params: TreeRecord = { W: numbers(2, 4, 2), b: numbers(3, 2) }
  const check = checkGradient(wrong, params, numbers(4, 3, 4))
  expect(check.verdict).toBe('wrong')
  const [first, ...others] = check.tensors
  expect(first).toMatchObject({ tensor: 'params.W', verdict: 'wrong', wrong: 1, entries: 8 })
  expect(first?.worst?.index).toEqual([2, 1])
  const { analytic = 0, numeric = 0, bound = 1 } = first?.worst ?? {}
  expect(analytic / numeric - 1).toBeCloseTo(1e-8, 11)
  expect(Math.abs(analytic - numeric)).toBeGreaterThan(bound)
  expect(others.every(({ verdict }) => verdict === 'right')).toBe(true)
})

test('some entries of every tensor are checked if so many are asked for', () => {
  const check = checkGradient(net as Net, net.init(seed(0)), batch.input, { entries: 4 })
  expect(check.tensors.map(({ entries }) => entries)).toEqual([4, 4, 4, 3, 4])
  expect(check.verdict).toBe('right')
})

test('a gradient at kinks is undecided, not wrong', () => {
  const [, cancelling] = legitimate.find(([name]) => name === 'core relu') ?? []
  const check = checkGradient(cancelling ?? net, {}, fromValues([0, 0, 1], [3], 'float64'))
  expect(check.verdict).toBe('unresolved')
  expect(check.unresolved).toBe(2)
})

test('an empty batch and an empty tensor are right', () => {
  const check = checkGradient(
    affine(2, 3) as Net,
    affine(2, 3).init(seed(0)),
    fromValues([], [0, 2], 'float64'),
  )
  expect(check.verdict).toBe('right')
  expect(check.tensors.map(({ entries }) => entries)).toEqual([6, 3, 0])
})

test('a gradient that is not a number is wrong', () => {
  const broken: Net = {
    ...(relu() as Net),
    backward: (_, __, dOutput) => ({ dParams: {}, dInput: mul(dOutput as Tensor, NaN) }),
  }
  expect(checkGradient(broken, {}, numbers(5, 3)).verdict).toBe('wrong')
})

test('a backend computes all displaced outputs, by one program for all checks of a layer', () => {
  const backend = countingBackend()
  const params = loss.init(seed(3), { dtype: 'float64' })
  const check = checkGradient(loss as Net, params, batch, { backend })
  expect(check).toEqual(checkGradient(loss as Net, params, batch, { backend: 'reference' }))
  expect(backend.counts).toEqual({ prepared: 1, runs: Math.ceil((103 * 25) / 32) })
  checkGradient(loss as Net, params, batch, { backend })
  expect(backend.counts.prepared).toBe(1)
})
