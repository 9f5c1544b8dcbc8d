import { fromValues, toArray, toNumber, type AnyTensor, type TreeRecord } from '@pullback/core'
import type { Contender } from '../peer.ts'
import { backends, type BackendName } from './backend.ts'
import { deepLoss, stepOf } from './step.ts'

const valuesOf = (tensor: AnyTensor): Float32Array => Float32Array.from(toArray(tensor))

interface Layers {
  readonly [layer: string]: { readonly W: AnyTensor; readonly b: AnyTensor }
  readonly fc1: { readonly W: AnyTensor; readonly b: AnyTensor }
  readonly fc2: { readonly W: AnyTensor; readonly b: AnyTensor }
}

/** This library's own step, of the same expressions on every backend. */
export const pullback = (name: BackendName, threads: number): Contender => {
  const backend = backends[name](threads)
  return {
    ...(backend.available && { available: backend.available }),
    async prepare({ size, X, y, W1, b1, W2, b2 }) {
      const { N, D, H, C } = size
      const batch: TreeRecord = {
        input: fromValues(X, [N, D], 'float32'),
        labels: fromValues(y, [N], 'int32'),
      }
      let params: TreeRecord = {
        fc1: { W: fromValues(W1, [D, H], 'float32'), b: fromValues(b1, [H], 'float32') },
        fc2: { W: fromValues(W2, [H, C], 'float32'), b: fromValues(b2, [C], 'float32') },
      }
      const executable = await backend.compile(stepOf(deepLoss([D, H, C])), { params, batch })
      let loss: AnyTensor | undefined
      return {
        async step(count) {
          for (let i = 0; i < count; i++) {
            const stepping = executable.run({ params, batch })
            const stepped = stepping instanceof Promise ? await stepping : stepping
            params = stepped['params'] as TreeRecord
            loss = stepped['loss'] as AnyTensor
          }
        },
        loss: () => (loss === undefined ? Number.NaN : toNumber(loss)),
        parameters() {
          const { fc1, fc2 } = params as unknown as Layers
          return { W1: valuesOf(fc1.W), b1: valuesOf(fc1.b), W2: valuesOf(fc2.W), b2: valuesOf(fc2.b) }
        },
        ...(executable.compileMilliseconds !== undefined && {
          compileMilliseconds: executable.compileMilliseconds,
        }),
        ...(executable.dispose && { dispose: executable.dispose }),
      }
    },
  }
}
