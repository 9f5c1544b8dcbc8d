import { mean, sum, toArray, toNumber, type AnyTensor } from '@pullback/core'
import {
  fashionMnistClassNames,
  readCifar10,
  readCsv,
  readDigits,
  readIdxPair,
  readMnist,
} from '@pullback/data'
import { expect, test } from 'vitest'
import { succeeded } from '../errors/outcome.fixture.ts'
import { realData } from './realData.fixture.ts'

const mnist = realData('mnist')
const fashion = realData('fashion-mnist')
const cifar10 = realData('cifar10-12k')
const digits = realData('digits')
const iris = realData('iris/iris.csv')
const wine = realData('wine/wine_data.csv')
const cancer = realData('breast_cancer/breast_cancer.csv')

const first = (labels: AnyTensor, count: number) => Array.from(toArray(labels).subarray(0, count))

test.skipIf(mnist.absent)(`MNIST is 60,000 and 10,000 images${mnist.note}`, async () => {
  const { train, test: held } = await succeeded(readMnist(mnist.path))
  expect([train.features.shape, held.features.shape]).toEqual([
    [60_000, 784],
    [10_000, 784],
  ])
  expect(first(train.labels, 5)).toEqual([5, 0, 4, 1, 9])
  expect(first(held.labels, 5)).toEqual([7, 2, 1, 0, 4])
  // The mean that everybody subtracts from MNIST.
  expect(toNumber(mean(train.features))).toBeCloseTo(0.1307, 4)
})

test.skipIf(mnist.absent)(
  `images and labels of different parts do not belong together${mnist.note}`,
  async () => {
    const images = `${mnist.path}/t10k-images-idx3-ubyte.gz`
    const result = await readIdxPair(images, `${mnist.path}/train-labels-idx1-ubyte.gz`)()
    expect(result).toMatchObject({ _tag: 'Left', left: { kind: 'count', found: '60000' } })
  },
)

test.skipIf(fashion.absent)(`Fashion-MNIST is 20,000 and 10,000 images${fashion.note}`, async () => {
  const { train, test: held } = await succeeded(
    readMnist(fashion.path, { classNames: fashionMnistClassNames }),
  )
  expect([train.size, held.size, train.classes]).toEqual([20_000, 10_000, 10])
  expect(first(train.labels, 5)).toEqual([9, 0, 0, 3, 0])
  expect(train.classNames?.[9]).toBe('Ankle boot')
})

test.skipIf(cifar10.absent)(`the subset of CIFAR-10 is balanced${cifar10.note}`, async () => {
  const { train, test: held } = await succeeded(readCifar10(cifar10.path))
  expect([train.features.shape, held.features.shape]).toEqual([
    [10_000, 3072],
    [2000, 3072],
  ])
  expect(first(train.labels, 8)).toEqual([6, 9, 9, 4, 1, 1, 2, 7])
  expect(toArray(train.labels).filter((label) => label === 3).length).toBe(1000)
  expect(train.classNames?.slice(0, 3)).toEqual(['airplane', 'automobile', 'bird'])
})

test.skipIf(digits.absent)(`digits have the mean that scikit-learn has${digits.note}`, async () => {
  const { train, test: held } = await succeeded(readDigits(digits.path, { pixels: 'raw', dtype: 'float64' }))
  expect([train.size, held.size]).toEqual([3823, 1797])
  expect(toNumber(sum(held.features)) / (1797 * 64)).toBe(4.884164579855314)
})

test.skipIf(iris.absent)(`iris is 150 flowers of three kinds${iris.note}`, async () => {
  const data = await succeeded(readCsv(iris.path, { header: 'counts' }))
  expect(data.features.shape).toEqual([150, 4])
  expect(data.classNames).toEqual(['setosa', 'versicolor', 'virginica'])
  expect(Array.from(toArray(data.features).subarray(0, 4))).toEqual([5.1, 3.5, 1.4, 0.2].map(Math.fround))
})

test.skipIf(wine.absent)(`wine is 178 bottles${wine.note}`, async () => {
  const data = await succeeded(readCsv(wine.path, { header: 'counts' }))
  expect([data.features.shape, data.classes]).toEqual([[178, 13], 3])
})

test.skipIf(cancer.absent)(`breast cancer is 569 cases${cancer.note}`, async () => {
  const data = await succeeded(readCsv(cancer.path, { header: 'counts' }))
  expect([data.features.shape, data.classNames]).toEqual([
    [569, 30],
    ['malignant', 'benign'],
  ])
})
