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
    'the elements of this storage are gone: the executable that made it was released',
  )
  executable.release?.()
  expect(machine.heap.bytesInUse()).toBe(before)
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
