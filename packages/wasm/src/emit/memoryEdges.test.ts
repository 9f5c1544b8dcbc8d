import {
  add,
  argmax,
  backendOf,
  cast,
  matmul,
  mul,
  reshape,
  slice,
  sum,
  tanh,
  trace,
  transpose,
  type AnyTensor,
  type Program,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { machineOf } from '../machine.fixture.ts'
import { createStorage } from '../storage.ts'

const programOf = (
  shape: readonly number[],
  fn: (x: Tensor) => Readonly<Record<string, AnyTensor>>,
): Program =>
  trace(({ x }: { x: Tensor }) => fn(x) as Readonly<Record<string, Tensor>>, { shapes: { x: shape } })

const values = Float32Array.from({ length: 16 }, (_, index) => index / 8 - 1)

describe('what ends where memory ends', () => {
  const { machine, backend } = machineOf({ threads: 1, maximumBytes: 2 ** 20 })
  const { heap } = machine
  /** A storage behind which there is no memory at all that another could have. */
  const last = (() => {
    const regions = []
    for (;;)
      try {
        regions.push(heap.allocate(64))
      } catch {
        break
      }
    const end = regions.pop()
    if (end === undefined) throw new Error('there is no memory')
    heap.free(end)
    const storage = createStorage(heap, 'float32', 16)
    for (const region of regions) heap.free(region)
    return storage
  })()

  it.each<[string, readonly number[], (x: Tensor, from: number, to: number) => AnyTensor]>([
    ['slices', [16], (x, from, to) => add(slice(x, [from, to]), 1)],
    ['steps', [16], (x, from, to) => add(slice(x, [from, to, 3]), 1)],
    ['rows', [8, 2], (x) => add(x, tanh(slice(x, [7, 8])))],
    ['columns', [2, 8], (x, from) => mul(transpose(x), slice(x, [1, 2], [from % 8, (from % 8) + 1]))],
    ['sums', [16], (x, from, to) => sum(slice(x, [from, to]))],
    ['sums of columns', [4, 4], (x, from) => sum(slice(x, [0, 4], [from % 4, 4]), { axes: 0 })],
    ['float64', [16], (x, from, to) => cast(slice(x, [from, to]), 'float64')],
    [
      'outer products',
      [16],
      (x, from, to) => {
        const part = reshape(slice(x, [from, to]), [1, -1])
        return matmul(part, part, { transposeA: true })
      },
    ],
    [
      'inner products',
      [16],
      (x, from, to) => {
        const part = reshape(slice(x, [from, to]), [1, -1])
        return matmul(part, part, { transposeB: true })
      },
    ],
    ['products of rows', [8, 2], (x, from) => matmul(slice(x, [from % 8, 8]), x, { transposeB: true })],
    ['products of columns', [4, 4], (x, from) => matmul(x, slice(x, [0, 4], [from % 4, 4]))],
    ['argmax', [4, 4], (x, from) => argmax(x, from % 2)],
  ])('is read no further: %s', (_, shape, build) => {
    fc.assert(
      fc.property(fc.nat(15), fc.nat(15), (a, b) => {
        const program = programOf(shape, (x) => ({ y: build(x, Math.min(a, b), Math.max(a, b) + 1) }))
        const [found, wanted] = [backend, backendOf('reference')].map((one) => {
          const executable = one.prepare(program)
          if (one === backend) executable.bind(0, last)
          executable.inputs[0]?.write(values)
          executable.run()
          return Array.from(executable.outputs[0]?.read() ?? [])
        })
        expect(found?.length).toBe(wanted?.length)
        for (const [index, value] of (wanted ?? []).entries()) expect(found?.[index]).toBeCloseTo(value, 5)
      }),
    )
  })
})
