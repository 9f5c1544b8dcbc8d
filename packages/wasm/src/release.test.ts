import { add, simplify, trace } from '@pullback/core'
import { expect, it } from 'vitest'
import { detectFeatures } from './engine/features.ts'
import { createHeap } from './engine/heap.ts'
import type { Machine } from './machine.ts'
import { prepare } from './prepare.ts'
import { createPool } from './threads/pool.ts'

function begin(): Machine {
  const heap = createHeap({ shared: false })
  return { features: detectFeatures(), heap, pool: createPool(heap, { threads: 1 }), products: undefined }
}

const program = simplify(
  trace(({ x, y }) => ({ sum: add(x, y) }), { shapes: { x: [1000], y: [1000] }, carried: { sum: 'x' } }),
)

it('a program that is released leaves no memory behind, and says so to whoever goes on', () => {
  const machine = begin()
  const before = machine.heap.bytesInUse()
  const executable = prepare(machine, program)
  const [input] = executable.inputs
  executable.run()
  executable.release?.()
  expect(machine.heap.bytesInUse()).toBe(before)
  expect(() => {
    executable.run()
  }).toThrow('this program was released: prepare it once more')
  expect(() => input?.read()).toThrow(
    'the elements of this storage are gone: the executable that made it was released or was lent another',
  )
  executable.release?.()
  expect(machine.heap.bytesInUse()).toBe(before)
})

it('what another program lends takes the place of what was there', () => {
  const machine = begin()
  const first = prepare(machine, program)
  const alone = machine.heap.bytesInUse()
  const second = prepare(machine, program)
  const before = machine.heap.bytesInUse()
  const [x, y] = second.inputs
  const [lentX, lentY] = first.inputs
  if (x === undefined || y === undefined || lentX === undefined || lentY === undefined)
    throw new Error('there are two inputs')
  second.bind(1, lentY)
  expect(before - machine.heap.bytesInUse()).toBeGreaterThanOrEqual(4000)
  expect(() => y.read()).toThrow('the elements of this storage are gone')
  second.bind(0, lentX)
  expect(before - machine.heap.bytesInUse()).toBeGreaterThanOrEqual(8000)
  for (const input of first.inputs) input.write(new Float32Array(1000).fill(1))
  second.bind(1, lentY)
  second.run()
  expect(second.outputs[0]?.at(7)).toBe(2)
  second.release?.()
  expect(machine.heap.bytesInUse()).toBe(alone)
  first.run()
})

it('what another program uses stays', () => {
  const machine = begin()
  const [first, second] = [prepare(machine, program), prepare(machine, program)]
  for (const input of first.inputs) input.write(new Float32Array(1000).fill(1))
  for (const [index, input] of first.inputs.entries()) second.bind(index, input)
  first.release?.()
  second.run()
  expect(second.outputs[0]?.at(7)).toBe(2)
})
