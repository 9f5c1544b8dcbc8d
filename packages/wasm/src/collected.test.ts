import { setFlagsFromString } from 'node:v8'
import { setTimeout } from 'node:timers/promises'
import { runInNewContext } from 'node:vm'
import { add, exp, input, mul, type Program } from '@pullback/core'
import { afterEach, expect, test } from 'vitest'
import { wasm } from './wasm.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

type Instantiate = new (...given: readonly unknown[]) => object

const api = (globalThis as unknown as { readonly WebAssembly: { Instance: Instantiate } }).WebAssembly
const { Instance } = api

afterEach(() => {
  api.Instance = Instance
})

/** Every instance that is made from now on, as long as it is there. */
function watched(): () => number {
  const instances: WeakRef<object>[] = []
  api.Instance = new Proxy(Instance, {
    construct(target, given) {
      const made = new target(...(given as readonly unknown[]))
      instances.push(new WeakRef(made))
      return made
    },
  })
  return () => instances.filter((instance) => instance.deref() !== undefined).length
}

const programOf = (size: number): Program => {
  const shape = [size] as const
  return {
    inputs: [{ name: 'x', shape, dtype: 'float32' }],
    outputs: [{ name: 'y', tensor: exp(add(mul(input('x', shape), size), 1)) }],
    carried: [],
  }
}

test.each([
  ['small programs', 1, 5],
  ['programs that several threads share', 2, 200_000],
])('the engine keeps nothing of %s that are gone', async (_, threads, size) => {
  const there = watched()
  const backend = wasm({ threads })
  for (let program = 0; program < 20; program++) backend.prepare(programOf(size + program)).run()
  expect(there()).toBeGreaterThan(10)
  // The instance of the pool stays, and perhaps the last program.
  while (there() > 2) {
    // What was looked at is kept until the end of the turn.
    await setTimeout(1)
    collect()
  }
  backend.prepare(programOf(size)).run()
})
