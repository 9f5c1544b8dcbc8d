import { add, backendOf, gather, mul, neg, sum, trace } from '@pullback/core'
import { describe, expect, test } from 'vitest'

const reference = backendOf('reference')
const index = { shape: [1], dtype: 'int32' } as const

describe('a program that carries', () => {
  const program = trace(({ a, b, at }) => ({ a: b, b: add(a, gather(b, at)), total: sum(b) }), {
    shapes: { a: [2], b: [2], at: index },
    carried: { a: 'a', b: 'b' },
  })
  const started = () => {
    const executable = reference.prepare(program)
    const [a, b, at] = executable.inputs
    a?.write(Float32Array.of(1, 2))
    b?.write(Float32Array.of(3, 4))
    at?.write(Int32Array.of(1))
    return executable
  }

  test('swaps and adds from run to run', () => {
    const executable = started()
    executable.run()
    expect(executable.inputs.map((one) => [...one.read()])).toEqual([[3, 4], [5, 6], [1]])
    expect(executable.outputs.map((one) => [...one.read()])).toEqual([[3, 4], [5, 6], [7]])
    executable.run()
    expect(executable.inputs.map((one) => [...one.read()])).toEqual([[5, 6], [9, 10], [1]])
    expect(executable.outputs[2]?.at(0)).toBe(11)
  })

  test('is as it was after a run that fails', () => {
    const executable = started()
    executable.inputs[2]?.write(Int32Array.of(2))
    expect(() => executable.run()).toThrow('gather: index 2 at position 0 is outside an axis of size 2')
    expect(executable.inputs.map((one) => [...one.read()])).toEqual([[1, 2], [3, 4], [2]])
    executable.inputs[2]?.write(Int32Array.of(0))
    executable.run()
    expect([...(executable.inputs[1]?.read() ?? [])]).toEqual([4, 5])
  })

  test('shares a storage with another', () => {
    const executable = started()
    const doubled = reference.prepare(
      trace(({ a }) => ({ a: mul(a, 2) }), { shapes: { a: [2] }, carried: { a: 'a' } }),
    )
    const [shared] = executable.inputs
    if (shared === undefined) throw new Error('there is no input')
    doubled.bind(0, shared)
    doubled.run()
    executable.run()
    expect([...(executable.outputs[1]?.read() ?? [])]).toEqual([6, 8])
  })
})

test('storages convert to their dtype and copy', () => {
  const { inputs, outputs, run } = reference.prepare(
    trace((x) => neg(x), { shapes: { shape: [3], dtype: 'int32' } }),
  )
  const given = Float64Array.of(1.5, -1.5, 3)
  inputs[0]?.write(given)
  given.fill(0)
  run()
  const first = outputs[0]?.read()
  inputs[0]?.write(Int32Array.of(0, 0, 0))
  run()
  expect([...(first ?? [])]).toEqual([-1, 1, -3])
  expect(outputs[0]?.length).toBe(3)
})

test.each<[string, () => unknown]>([
  [
    "the storage of 'x' holds 2 elements and is given 3",
    () =>
      reference
        .prepare(trace(({ x }) => neg(x), { shapes: { x: [2] } }))
        .inputs[0]?.write(new Float32Array(3)),
  ],
  ...[-1, 2, 0.5].map((position): [string, () => unknown] => [
    `position ${position} is outside a storage of 2 elements`,
    () => reference.prepare(trace(({ x }) => neg(x), { shapes: { x: [2] } })).inputs[0]?.at(position),
  ]),
  [
    "the input 'x' is held by a storage of 2 float32 of the reference backend, not by 3 of a Float32Array",
    () => {
      const [two, three] = [2, 3].map((size) =>
        reference.prepare(trace(({ x }) => neg(x), { shapes: { x: [size] } })),
      )
      two?.bind(0, three?.inputs[0] as never)
    },
  ],
  [
    "the input 'x' is held by a storage of 2 float32 of the reference backend, not by a storage of another backend",
    () => {
      const storage = { length: 2, write: () => undefined, read: () => new Float32Array(2), at: () => 0 }
      reference.prepare(trace(({ x }) => neg(x), { shapes: { x: [2] } })).bind(0, storage)
    },
  ],
])('%s', (sentence, run) => {
  expect(run).toThrow(expect.objectContaining({ message: sentence }))
})
