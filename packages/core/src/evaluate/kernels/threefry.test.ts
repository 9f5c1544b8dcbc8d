import { expect, test } from 'vitest'
import { threefry } from './threefry.ts'

// The published vectors of Random123, kat_vectors, "threefry2x32 20".
test.each([
  [
    [0, 0],
    [0, 0],
    [0x6b200159, 0x99ba4efe],
  ],
  [
    [0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x1cb996fc, 0xbb002be7],
  ],
  [
    [0x13198a2e, 0x03707344],
    [0x243f6a88, 0x85a308d3],
    [0xc4923a9c, 0x483df7a0],
  ],
])('key %o, counter %o gives %o', ([k0 = 0, k1 = 0], [c0 = 0, c1 = 0], expected) => {
  const words = new Int32Array(2)
  threefry(k0, k1, c0, c1, words)
  expect(Array.from(words, (word) => word >>> 0)).toEqual(expected)
})
