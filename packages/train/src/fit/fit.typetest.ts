// What compiles, and what must not: the messages are recorded in __snapshots__/fit.typetest.txt.
import {
  affine,
  objective,
  relu,
  sequential,
  softmaxCrossEntropy,
  type Dim,
  type Objective,
  type Shape,
  type Tensor,
} from '@pullback/core'
import { evaluateMetrics, fit, sgd, type Snapshot } from '@pullback/train'

declare const images: Tensor<readonly [60000, 784]>
declare const labels: Tensor<readonly [60000], 'int32'>
declare const fewImages: Tensor<readonly [100, 784]>
declare const fewLabels: Tensor<readonly [100], 'int32'>
declare const fromFile: { features: Tensor<Shape, 'float32'>; labels: Tensor<Shape, 'int32'> }
declare const counted: { features: Tensor<Shape, 'float32'>; labels: Tensor<readonly [Dim], 'int32'> }
declare const erased: Objective

const net = sequential(['N', 784], ['fc1', affine(784, 100)], ['relu', relu()], ['fc2', affine(100, 10)])
const loss = objective(net, softmaxCrossEntropy(10))
const options = { optimizer: sgd(0.1), epochs: 1, batch: 100 }

for await (const snapshot of fit(loss, { ...options, data: { input: images, labels } })) {
  const W: Tensor<readonly [784, 100]> = snapshot.params.fc1.W
  fit(loss, { ...options, data: { input: images, labels }, resume: snapshot, params: snapshot.params })
  evaluateMetrics(loss)(snapshot.params, { input: fewImages, labels: fewLabels })
  evaluateMetrics(loss)(snapshot.params, { input: fromFile.features, labels: fromFile.labels })
}

declare const snapshot: Snapshot<ReturnType<typeof net.init>>

// error: a parameter that is not there
snapshot.params.fc3

// error: parameters of another net
fit(loss, { ...options, data: { input: images, labels }, params: { fc1: snapshot.params.fc1 } })

// another number of examples to validate with
fit(loss, {
  ...options,
  data: { input: images, labels },
  validation: { input: fewImages, labels: fewLabels },
})

// tensors whose shapes are known only at run time
fit(loss, { ...options, data: { input: fromFile.features, labels: fromFile.labels } })
fit(loss, { ...options, data: { input: counted.features, labels: counted.labels } })
fit(loss, {
  ...options,
  data: { input: images, labels },
  validation: { input: fromFile.features, labels: fromFile.labels },
})

// an objective known only at run time
export const run: AsyncIterable<Snapshot> = fit(erased, { ...options, data: { input: images, labels } })

// error: images of another size
fit(loss, { ...options, data: { input: labels, labels } })

// error: float labels
fit(loss, { ...options, data: { input: fromFile.features, labels: fromFile.features } })

// error: no labels
fit(loss, { ...options, data: { input: images } })

// error: validation without labels
fit(loss, { ...options, data: { input: images, labels }, validation: { input: images } })

// error: no optimizer
fit(loss, { data: { input: images, labels }, epochs: 1, batch: 1 })
