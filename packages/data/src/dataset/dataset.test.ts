import { fromValues, mul, tensor, toNested, zeros } from '@pullback/core'
import { dataset } from '@pullback/data'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

const two = { features: tensor([[1], [2]]), labels: tensor([0, 1], 'int32'), classes: 2 }

test('what it is made of cannot be changed through it or behind its back', () => {
  const values = [1, 2, 3, 4]
  const made = dataset({ ...two, features: fromValues(values, [2, 2]) })
  values[0] = 99
  expect(toNested(made.features)).toEqual([
    [1, 2],
    [3, 4],
  ])
  expect(() => Object.assign(made, { classes: 3 })).toThrow(TypeError)
})

test('its names and the shape of its images are its own', () => {
  const names = { classNames: ['a', 'b'], featureNames: ['x'], imageShape: [1, 1] }
  const made = dataset({ ...two, ...names })
  names.classNames[0] = 'z'
  names.featureNames.pop()
  names.imageShape[0] = 7
  expect(made).toMatchObject({ classNames: ['a', 'b'], featureNames: ['x'], imageShape: [1, 1] })
  for (const list of [made.classNames, made.featureNames, made.imageShape])
    expect(Object.isFrozen(list)).toBe(true)
  expect(dataset(two)).not.toHaveProperty('classNames')
})

test('expressions are evaluated once, when it is made', () => {
  expect(dataset({ ...two, features: mul(two.features, 2) }).features.expression.op).toBe('constant')
})

const labelled = (values: readonly number[]) =>
  dataset({
    features: zeros([values.length, 2]),
    labels: fromValues(values, [values.length], 'int32'),
    classes: 5,
  })

test('a label outside the classes is refused, wherever it is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(4), { minLength: 1 }),
      fc.nat(),
      fc.constantFrom(-1, 5, 2 ** 30),
      (labels, at, wrong) => {
        expect(labelled(labels).size).toBe(labels.length)
        const place = at % labels.length
        expect(() => labelled(labels.with(place, wrong))).toThrow(`label ${place} is ${wrong}`)
      },
    ),
  )
})

test.each([
  [{ features: zeros([3, 1]) }, 'are [3, 1] and [2]'],
  [{ features: zeros([]) }, 'are [] and [2]'],
  [{ labels: zeros([2, 1], 'int32') }, 'are [2, 1] and [2, 1]'],
  [{ classes: 1.5 }, '1.5 is not a number of classes'],
  [{ classNames: ['a'] }, '1 class names for 2'],
  [{ featureNames: ['a', 'b'] }, '2 feature names for 1'],
  [{ imageShape: [2, 2] }, 'rows [1] are not images of shape [2, 2]'],
])('parts that do not fit are refused: %#', (change, message) => {
  expect(() => dataset({ ...two, ...change })).toThrow(message)
})

test('no examples are a data set, too', () => {
  expect(dataset({ features: zeros([0, 3]), labels: zeros([0], 'int32'), classes: 0 }).size).toBe(0)
})
