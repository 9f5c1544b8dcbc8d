import { fromValues, toArray, type AnyTensor, type TreeRecord } from '@pullback/core'
import type { Contender } from '../peer.ts'
import { backends, missing, type BackendName } from './backend.ts'
import { deepLoss, stepOf } from './step.ts'
import { trainOn } from './training.ts'

const valuesOf = (tensor: AnyTensor): Float32Array => Float32Array.from(toArray(tensor))

interface Affine {
  readonly W: AnyTensor
  readonly b: AnyTensor
}

function millisecondsOf(work: () => unknown): number {
  const before = performance.now()
  work()
  return performance.now() - before
}

/** This library's own step, of the same expressions on every backend. */
export const pullback = (name: BackendName, threads: number): Contender => ({
  available: () => missing(name),
  async prepare({ size, X, y, W1, b1, W2, b2 }) {
    const { N, D, H, C } = size
    const batch: TreeRecord = {
      input: fromValues(X, [N, D], 'float32'),
      labels: fromValues(y, [N], 'int32'),
    }
    const start: TreeRecord = {
      fc1: { W: fromValues(W1, [D, H], 'float32'), b: fromValues(b1, [H], 'float32') },
      fc2: { W: fromValues(W2, [H, C], 'float32'), b: fromValues(b2, [C], 'float32') },
    }
    const backend = backends[name](threads)
    // To describe itself it has to have begun.
    const startMilliseconds = millisecondsOf(() => backend.description)
    const training = () => trainOn(backend, stepOf(deepLoss([D, H, C])), start, batch)
    const { step, loss, params } = training()
    return {
      step,
      loss,
      startMilliseconds,
      compileAgain: () => millisecondsOf(() => training().step(1)),
      parameters() {
        const { fc1, fc2 } = params() as unknown as { fc1: Affine; fc2: Affine }
        return { W1: valuesOf(fc1.W), b1: valuesOf(fc1.b), W2: valuesOf(fc2.W), b2: valuesOf(fc2.b) }
      },
    }
  },
})
