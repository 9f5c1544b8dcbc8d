import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { collector } from './collector.ts'

const newFloats = (length: number): Float64Array => new Float64Array(length)

test('numbers come out as they went in, one by one or many at once', () => {
  const additions = fc.array(fc.oneof(fc.integer(), fc.array(fc.integer(), { maxLength: 3000 })))
  fc.assert(
    fc.property(additions, (list) => {
      const numbers = collector(newFloats)
      for (const item of list)
        if (typeof item === 'number') numbers.push(item)
        else numbers.append(Float64Array.from(item))
      expect(numbers.length()).toBe(list.flat().length)
      expect(Array.from(numbers.finish())).toEqual(list.flat())
    }),
  )
})

test('memory follows what is there, not the limit', () => {
  const lengths: number[] = []
  const numbers = collector((length) => {
    lengths.push(length)
    return new Float64Array(length)
  }, 2 ** 40)
  for (let value = 0; value < 5000; value++) numbers.push(value)
  expect(Math.max(...lengths)).toBeLessThanOrEqual(10_000)
})

test('an array of the length that was announced is not copied again', () => {
  const made: Float64Array[] = []
  const numbers = collector((length) => {
    made.push(new Float64Array(length))
    return made.at(-1) ?? new Float64Array()
  }, 5000)
  numbers.append(new Float64Array(2000))
  numbers.append(new Float64Array(3000))
  expect(numbers.finish()).toBe(made.at(-1))
})
