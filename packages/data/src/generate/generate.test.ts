import { fold, seed, toArray, toNested, type Key } from '@pullback/core'
import { blobs, moons, spirals, xor, type Dataset } from '@pullback/data'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const generators: Readonly<Record<string, (key: Key, count: number) => Dataset>> = {
  spirals: (key, pointsPerClass) => spirals(key, { pointsPerClass }),
  moons: (key, pointsPerClass) => moons(key, { pointsPerClass }),
  blobs: (key, pointsPerClass) => blobs(key, { pointsPerClass }),
  xor: (key, count) => xor(key, { points: 4 * count, noise: 0.1 }),
}

const hash = (numbers: ArrayLike<number>): number => {
  let sum = 0x811c9dc5
  const bytes = new Uint8Array(Float32Array.from(numbers).buffer)
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193)
  return sum >>> 0
}

describe.each(Object.entries(generators))('%s', (_, generate) => {
  test('has as many points of every class, all finite, a function of the key alone', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(40), (number, count) => {
        const data = generate(seed(number), count)
        const labels = Array.from(toArray(data.labels))
        const counts = Array.from(
          { length: data.classes },
          (_, label) => labels.filter((l) => l === label).length,
        )
        expect(new Set(counts).size).toBe(1)
        expect(data.features.shape).toEqual([labels.length, 2])
        expect(toArray(data.features).every(Number.isFinite)).toBe(true)
        expect(toNested(generate(seed(number), count).features)).toEqual(toNested(data.features))
      }),
    )
  })

  test('differs from key to key', () => {
    expect(toNested(generate(seed(0), 5).features)).not.toEqual(
      toNested(generate(fold(seed(0), 'other'), 5).features),
    )
  })
})

test('the bits of a seed stay what they are', () => {
  const hashes = Object.entries(generators).map(([name, make]) => [
    name,
    hash(toArray(make(seed(42), 50).features)),
  ])
  expect(Object.fromEntries(hashes)).toMatchInlineSnapshot(`
    {
      "blobs": 952698751,
      "moons": 4031599102,
      "spirals": 915402076,
      "xor": 4236482942,
    }
  `)
})
