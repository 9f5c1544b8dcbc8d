import { setFlagsFromString } from 'node:v8'
import { setTimeout } from 'node:timers/promises'
import { runInNewContext } from 'node:vm'
import {
  affine,
  evaluate,
  fold,
  fromValues,
  l2,
  mapTree,
  mul,
  objective,
  randomNormal,
  relu,
  seed,
  sequential,
  softmaxCrossEntropy,
  tensor,
  updateAny,
  type Net,
  type Tensor,
  type TreeRecord,
} from '@pullback/core'
import { checkGradient, describeBackendLaws, describeLayerLaws, netArbitrary } from '@pullback/laws'
import { expect, test } from 'vitest'
import { wasm } from './wasm.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Time for workers to load what they were sent. */
const settle = async (): Promise<void> => {
  await setTimeout(2)
}

describeBackendLaws('wasm on one thread', wasm({ threads: 1 }), {
  except: ['large'],
  parameters: { numRuns: 20 },
})

// Small programs run in one thread, whose laws are above.
describeBackendLaws('wasm on two threads', wasm({ threads: 2 }), {
  only: ['random', 'large', 'again', 'apart', 'shared'],
  settle,
  parameters: { numRuns: 15 },
})

describeBackendLaws('wasm, deterministic', wasm({ threads: 1, deterministic: true }), {
  only: ['matmul', 'sum', 'training', 'deterministic'],
  sameAs: wasm({ threads: 2, deterministic: true }),
  settle,
  parameters: { numRuns: 20 },
})

describeBackendLaws('wasm in 8 MiB', wasm({ threads: 1, maximumBytes: 8 * 2 ** 20 }), {
  only: ['memory'],
  collect,
  parameters: { numRuns: 10 },
})

// Forward and backward of layers, as their authors have them compared.
const only = ['interpreters'] as const
describeLayerLaws('affine, compiled', affine(3, 2), { only, backend: wasm({ threads: 1 }) })
describeLayerLaws('random nets, compiled', netArbitrary(), { only, backend: wasm({ threads: 1 }) })
describeLayerLaws('the loss, compiled', softmaxCrossEntropy(3) as Net, {
  only,
  backend: wasm({ threads: 1 }),
})

const toyNet = sequential(['N', 4], ['fc1', affine(4, 10)], ['relu', relu()], ['fc2', affine(10, 3)])
const toyLoss = objective(toyNet, softmaxCrossEntropy(3), { 'fc1.W': l2(0.1), 'fc2.W': l2(0.1) })
const numbers = (name: string, shape: readonly number[]) =>
  evaluate(randomNormal(fold(seed(2), name), shape, 'float64'))
const batch = { input: numbers('x', [5, 4]), labels: tensor([0, 1, 2, 0, 1], 'int32') }

/** An objective whose gradient is off by one part in ten thousand in one entry. */
const wrong = (right: Net): Net => ({
  ...right,
  backward(params, cache, dOutput) {
    const { dParams, dInput } = right.backward(params, cache, dOutput)
    const factors = fromValues([1, 1, 1.0001], [3], 'float64')
    const changed = updateAny(dParams, 'fc2.b', (b) => mul(b as Tensor, factors))
    return { dParams: changed as TreeRecord, dInput }
  },
})

test('the check of every gradient of the toy net runs compiled, and is as sharp', () => {
  const backend = wasm({ threads: 1 })
  const params = mapTree<TreeRecord>(toyLoss.init(seed(0), { dtype: 'float64' }), ({ shape }, path) =>
    numbers(path, shape),
  )
  const { verdict, entries, unresolved } = checkGradient(toyLoss as Net, params, batch, { backend })
  expect({ verdict, entries, unresolved }).toEqual({ verdict: 'right', entries: 103, unresolved: 0 })
  const { tensors } = checkGradient(wrong(toyLoss as Net), params, batch, { backend })
  expect(tensors.filter((one) => one.wrong > 0)).toMatchObject([
    { tensor: 'params.fc2.b', wrong: 1, worst: { index: [2] } },
  ])
})
