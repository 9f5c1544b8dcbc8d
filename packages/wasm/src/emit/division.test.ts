import {
  add,
  gather,
  matmul,
  max,
  mul,
  randomNormal,
  seed,
  sum,
  tanh,
  toArray,
  trace,
  type Shape,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { detectFeatures } from '../engine/features.ts'
import { machineOf, stopMachines } from '../machine.fixture.ts'
import { prepare } from '../prepare.ts'

afterAll(stopMachines)

const threadsOf = [1, 2, 3, 5]
const machines = [true, false].map((isDeterministic) =>
  threadsOf.map((threads) => {
    const { machine } = machineOf({ threads })
    const features = detectFeatures()
    return { ...machine, features: { ...features, relaxed: features.relaxed && !isDeterministic } }
  }),
)

it('bits do not depend on how many threads there are', async () => {
  const sizes = fc.record({
    rows: fc.integer({ min: 1, max: 500 }),
    inner: fc.integer({ min: 1, max: 200 }),
    columns: fc.integer({ min: 1, max: 120 }),
    isDeterministic: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(sizes, async ({ rows, inner, columns, isDeterministic }) => {
      const program = trace(
        ({ x, W, indices }: { x: Tensor; W: Tensor; indices: Tensor<Shape, 'int32'> }) => {
          const y = tanh(add(matmul(x, W), sum(W, { axes: 0 })))
          return {
            W: add(mul(W, 0.5), matmul(x, y, { transposeA: true })),
            y: gather(y, indices),
            columns: sum(y, { axes: 0 }),
            rows: max(y, { axes: 1 }),
            noise: randomNormal(seed(3), [rows, columns]),
            total: sum(mul(y, y)),
          }
        },
        {
          shapes: { x: [rows, inner], W: [inner, columns], indices: { shape: [1000], dtype: 'int32' } },
          carried: { W: 'W' },
        },
      )
      const given = [
        toArray(randomNormal(seed(1), [rows, inner])),
        toArray(randomNormal(seed(2), [inner, columns])),
        Int32Array.from({ length: 1000 }, (_, index) => (index * 7919) % rows),
      ]
      const found = []
      for (const machine of machines[isDeterministic ? 0 : 1] ?? []) {
        const executable = prepare(machine, program)
        for (const [index, values] of given.entries()) executable.inputs[index]?.write(values)
        await machine.pool.settled()
        for (let run = 0; run < 2; run++) executable.run()
        found.push(executable.outputs.map((output) => output.read()))
      }
      const [alone, ...others] = found
      expect(others.length).toBe(threadsOf.length - 1)
      for (const other of others) expect(other).toEqual(alone)
    }),
    { numRuns: 10 },
  )
})
