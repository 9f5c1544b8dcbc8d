// What compiles, and what must not: the messages are recorded in __snapshots__/dataset.typetest.txt.
import {
  affine,
  expectShape,
  objective,
  seed,
  softmaxCrossEntropy,
  tensor,
  valueAndGradient,
  type Dim,
  type Shape,
  type Tensor,
} from '@pullback/core'
import {
  dataset,
  fitStandardisation,
  split,
  standardise,
  subset,
  take,
  xor,
  type Dataset,
} from '@pullback/data'

declare const fromFile: { features: Tensor<Shape, 'float32'>; labels: Tensor<Shape, 'int32'> }

const net = affine(2, 2)
const loss = valueAndGradient(objective(net, softmaxCrossEntropy(2)))
const points = xor(seed(0))

// labels have one axis in every set that is made of a set, and need no narrowing
const { half } = split(points, { half: 0.5 }, seed(1))
const scale = fitStandardisation(points)
const sets: readonly Dataset[] = [half, take(points, 3), subset(points, [1]), standardise(points, scale)]
for (const { features, labels } of sets)
  loss(net.init(seed(2)), { input: expectShape(features, ['N', 2]), labels })
const labels: Tensor<readonly [Dim], 'int32'> = half.labels

// a set is made of tensors of any shape, which it checks
dataset({ ...fromFile, classes: 2 })
dataset({ features: tensor([[1]]), labels, classes: 2 })

// error: float labels
dataset({ features: tensor([[1]]), labels: tensor([1]), classes: 2 })
