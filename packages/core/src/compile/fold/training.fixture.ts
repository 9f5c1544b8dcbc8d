import { cast, compileFold, evaluate, gather, scalar, seed, type Shape, type Tensor } from '@pullback/core'
import * as fc from 'fast-check'
import { knownShape } from '../../tensor/tensor.ts'
import { normals, randomLabels } from '../../testing/normals.ts'
import { loss, sgdStep, type Batch, type Params } from '../twoLayerStep.fixture.ts'

interface Positions {
  readonly [name: string]: Tensor<Shape, 'int32'>
  readonly positions: Tensor<Shape, 'int32'>
}

export const count = 10
/** All examples there are. */
export const examples = {
  input: knownShape<readonly [number, 4], 'float32'>(evaluate(cast(normals(0, 'X', [count, 4]), 'float32'))),
  labels: randomLabels(0, count, 3),
}

/** A step on the examples at some positions. */
export function step({ params }: { params: Params }, { positions }: Positions, all: Batch) {
  const input = knownShape<readonly [number, 4], 'float32' | 'float64'>(gather(all.input, positions))
  const labels = knownShape<readonly [number], 'int32'>(gather(all.labels, positions))
  const { params: after, loss: value } = sgdStep(params, { input, labels })
  return {
    carried: { params: after },
    results: { loss: value, sizes: { count: scalar(positions.shape[0] ?? 0) } },
  }
}

export const start = loss.init(seed(0))
/** Training on batches of them. */
export const training = (programs?: number) =>
  compileFold(step, {
    carried: { params: start },
    constants: examples,
    ...(programs === undefined ? {} : { programs }),
  })

/** Batches of changing sizes, as positions of examples. */
export const batches = fc.array(
  fc.array(fc.integer({ min: 0, max: count - 1 }), { minLength: 1, maxLength: 3 }),
  {
    minLength: 1,
    maxLength: 8,
  },
)
