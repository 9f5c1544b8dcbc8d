import {
  add,
  compileFold,
  evaluate,
  lower,
  matmul,
  mul,
  randomNormal,
  seed,
  sub,
  sum,
  tanh,
  toArray,
  transpose,
  type Shape,
  type Tensor,
} from '@pullback/core'
import { setTimeout } from 'node:timers/promises'
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, it } from 'vitest'
import { carriesOf, overwrittenInputs } from './carrying.ts'
import { machineOf, stopMachines } from './machine.fixture.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

afterEach(stopMachines)

const normal = (stream: number, shape: readonly number[]): Tensor<Shape, 'float32'> =>
  evaluate(randomNormal(seed(stream), shape))

/** A step that replaces `W` in place and `x` by an exchange, on as many threads as there are where it is large. */
const foldOf = (backend: ReturnType<typeof machineOf>['backend'], size: number) =>
  compileFold(
    ({ W, x }: { W: Tensor; x: Tensor }, { at }: { at: Tensor }) => {
      const y = tanh(matmul(x, W))
      return {
        carried: { W: sub(W, mul(matmul(transpose(x), y), 1e-3)), x: add(y, add(matmul(x, y), sum(at))) },
        results: { total: sum(y) },
      }
    },
    { carried: { W: normal(1, [size, size]), x: normal(2, [size, size]) }, backend },
  )

const heapUsed = (): number => getHeapStatistics().used_heap_size

describe.each([
  [1, 6, 100_000, 8],
  [1, 96, 1000, 8],
  [2, 6, 100_000, 8],
  // Each look at the clock while the main thread waits for a worker is a number.
  [2, 160, 300, 1000],
])('with %i threads, steps of size %i', (threads, size, times, mostBytes) => {
  it('allocate nothing in JavaScript and nothing in the memory of the backend', async () => {
    const { backend, machine } = machineOf({ threads })
    const fold = foldOf(backend, size)
    const given = { at: Float32Array.of(0.1) }
    const run = (count: number) => {
      for (let step = 0; step < count; step++) fold.step(given)
    }
    run(10)
    const program = fold.program()
    if (program === undefined) throw new Error('there is no program')
    const plan = lower(program)
    expect([overwrittenInputs(plan).length, carriesOf(plan).exchanges.length]).toEqual([1, 1])
    await machine.pool.settled()
    run(times)
    const inUse = machine.heap.bytesInUse()
    const { buffer } = machine.heap.memory
    // What else this process does in the meantime allocates a little; an object for each step would be 16 bytes or more.
    const perStep = Array.from({ length: 5 }, () => {
      collect()
      const before = heapUsed()
      run(times)
      return (heapUsed() - before) / times
    })
    expect(Math.min(...perStep)).toBeLessThan(mostBytes)
    expect(machine.heap.bytesInUse()).toBe(inUse)
    expect(machine.heap.memory.buffer).toBe(buffer)
  })
})

it('memory is free again once programs are dropped, whatever was read from them', async () => {
  const { backend, machine } = machineOf({ threads: 2 })
  const use = () => {
    const fold = foldOf(backend, 100)
    for (let step = 0; step < 3; step++) fold.step({ at: Float32Array.of(0.1) })
    return fold
  }
  const kept = use()
  const inUse = machine.heap.bytesInUse()
  const snapshots = [use(), use(), use()].map(({ snapshot }) => toArray(snapshot().W))
  expect(machine.heap.bytesInUse()).toBeGreaterThan(inUse)
  while (machine.heap.bytesInUse() > inUse) {
    collect()
    await setTimeout(1)
  }
  kept.step({ at: Float32Array.of(0.1) })
  kept.load({ W: normal(1, [100, 100]), x: normal(2, [100, 100]) })
  for (let step = 0; step < 3; step++) kept.step({ at: Float32Array.of(0.1) })
  for (const snapshot of snapshots) expect(snapshot).toEqual(toArray(kept.snapshot().W))
})
