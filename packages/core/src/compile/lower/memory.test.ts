import { bytesPerElement } from '../../tensor/dtype.ts'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Plan } from '../plan.ts'
import { element } from './element.ts'
import { lower } from './lower.ts'
import { lowerableArbitrary } from './lowerable.arbitrary.ts'
import { touches } from './touches.ts'

/** A buffer of the arena: its bytes, and from which kernel to which it is needed. */
interface Life {
  readonly buffer: number
  readonly from: number
  readonly to: number
  readonly first: number
  readonly last: number
}

function livesOf({ buffers, kernels }: Plan): readonly Life[] {
  const born = new Map<number, number>()
  const died = new Map<number, number>()
  for (const [position, kernel] of kernels.entries()) {
    const { reads, writes } = touches(kernel)
    for (const buffer of writes) if (!born.has(buffer)) born.set(buffer, position)
    for (const buffer of [...reads, ...writes]) died.set(buffer, position)
  }
  return buffers.flatMap(({ place, dtype, length }, buffer) => {
    const from = born.get(buffer)
    if (place.kind !== 'arena' || from === undefined || length === 0) return []
    const { offset } = place
    return [
      {
        buffer,
        from,
        to: died.get(buffer) ?? from,
        first: offset,
        last: offset + length * bytesPerElement(dtype) - 1,
      },
    ]
  })
}

/** Whether a kernel writes a buffer element by element over what it reads: a loop, the epilogue of a product. */
function isInStep({ kernels }: Plan, { buffer, from }: Life): boolean {
  const kernel = element(kernels, from)
  return kernel.kind === 'loop' || (kernel.kind === 'matmul' && kernel.out !== buffer)
}

/** Whether two buffers of the arena have bytes in common that both need, but for one that takes over from another in step. */
function collide(plan: Plan, a: Life, b: Life): boolean {
  if (a.last < b.first || b.last < a.first) return false
  const [early, late] = a.from <= b.from ? [a, b] : [b, a]
  if (late.from !== early.to) return late.from < early.to
  return late.first !== early.first || late.last !== early.last || !isInStep(plan, late)
}

test('buffers that are needed at the same time do not overlap, but for one that takes over from another in one loop', () => {
  fc.assert(
    fc.property(lowerableArbitrary, ({ program }) => {
      const plan = lower(program)
      const lives = livesOf(plan)
      expect(lives.filter(({ first, last }) => first % 64 !== 0 || last >= plan.arenaBytes)).toEqual([])
      const collisions = lives.flatMap((a) => lives.filter((b) => a.buffer < b.buffer && collide(plan, a, b)))
      expect(collisions).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('no kernel reads of the arena or an output what no earlier one has written', () => {
  fc.assert(
    fc.property(lowerableArbitrary, ({ program }) => {
      const { kernels, buffers, outputs } = lower(program)
      const written = new Set(
        buffers.flatMap(({ place }, buffer) =>
          place.kind === 'input' || place.kind === 'constant' ? [buffer] : [],
        ),
      )
      for (const kernel of kernels) {
        const { reads, writes } = touches(kernel)
        expect(reads.filter((buffer) => !written.has(buffer))).toEqual([])
        for (const buffer of writes) written.add(buffer)
      }
      expect(outputs.filter(({ buffer }) => !written.has(buffer))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('an input is overwritten only by the output that is carried to it and after all checks', () => {
  fc.assert(
    fc.property(lowerableArbitrary, ({ program }) => {
      const { kernels, buffers, inputs, outputs, carried } = lower(program)
      const own = new Map(
        carried.map(({ input, output }) => [element(inputs, input).buffer, element(outputs, output).buffer]),
      )
      const lastCheck = kernels.findLastIndex(({ kind }) => kind === 'check')
      for (const [position, kernel] of kernels.entries())
        for (const buffer of touches(kernel).writes) {
          expect(element(buffers, buffer).place.kind).not.toBe('constant')
          if (element(buffers, buffer).place.kind !== 'input') continue
          expect(own.get(buffer)).toBe(buffer)
          expect(position).toBeGreaterThan(lastCheck)
        }
    }),
    { numRuns: 300 },
  )
})
