import { setFlagsFromString } from 'node:v8'
import { setTimeout } from 'node:timers/promises'
import { runInNewContext } from 'node:vm'
import { describeBackendLaws } from '@pullback/laws'
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
