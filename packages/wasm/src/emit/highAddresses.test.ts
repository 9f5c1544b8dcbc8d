import {
  add,
  argmax,
  broadcastTo,
  concatenate,
  gather,
  matmul,
  max,
  mul,
  randomNormal,
  randomUniform,
  scatterAdd,
  seed,
  slice,
  sum,
  tanh,
  toArray,
  trace,
  transpose,
  type Backend,
  type Shape,
  type Tensor,
} from '@pullback/core'
import { afterAll, expect, it } from 'vitest'
import { machineOf, stopMachines } from '../machine.fixture.ts'

afterAll(stopMachines)

// Addresses from 2 GiB on are negative where they are taken for signed.
const gibibyte = 2 ** 30

const program = trace(
  ({ x, W, indices }: { x: Tensor; W: Tensor; indices: Tensor<Shape, 'int32'> }) => {
    const y = tanh(add(matmul(x, W), sum(W, { axes: 0 })))
    return {
      W: add(mul(W, 0.5), matmul(x, y, { transposeA: true })),
      y,
      rows: gather(y, indices),
      sums: scatterAdd(slice(y, [0, 4]), indices, 9),
      strided: add(slice(transpose(y), [1, 30, 3]), slice(x, [0, 1], [0, 70])),
      joined: concatenate([y, broadcastTo(max(x, { axes: 1, keepDims: true }), [70, 40])], 1),
      best: argmax(y, 1),
      noise: randomUniform(seed(3), [5, 7]),
      total: sum(y),
    }
  },
  {
    shapes: { x: [70, 70], W: [70, 40], indices: { shape: [4], dtype: 'int32' } },
    carried: { W: 'W' },
  },
)

const given = [
  toArray(randomNormal(seed(1), [70, 70])),
  toArray(mul(randomNormal(seed(2), [70, 40]), 0.1)),
  Int32Array.of(3, 0, 8, 3),
]

function resultsOf(backend: Backend) {
  const executable = backend.prepare(program)
  for (const [index, values] of given.entries()) executable.inputs[index]?.write(values)
  executable.run()
  executable.run()
  return { executable, values: executable.outputs.map((output) => output.read()) }
}

it.each([
  [1, 2 * gibibyte],
  [2, 2 * gibibyte],
  [1, 3.9 * gibibyte],
])('with %i threads programs compute behind %i bytes as they do before them', async (threads, bytes) => {
  const { machine, backend } = machineOf({ threads })
  const { heap, pool } = machine
  // A pool that has loaded programs has its scratch memory.
  const near = resultsOf(backend)
  await pool.settled()
  const fillers = [heap.allocate(bytes)]
  while ((fillers.at(-1)?.address ?? bytes) < bytes) fillers.push(heap.allocate(2 ** 20))
  const far = resultsOf(backend)
  fillers.push(heap.allocate(64))
  expect(fillers.at(-1)?.address).toBeGreaterThan(bytes)
  expect(far.values).toEqual(near.values)
  far.executable.inputs[2]?.write(Int32Array.of(1, 70, 0, 0))
  expect(() => {
    far.executable.run()
  }).toThrow('gather: index 70 at position 1 is outside an axis of size 70')
})
