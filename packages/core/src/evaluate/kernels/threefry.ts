// Threefry-2x32 with 20 rounds: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
const rotations = [13, 15, 26, 6, 17, 29, 16, 24] as const
const parity = 0x1bd11bda

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

/** Encrypts the counter `(c0, c1)` under the key `(k0, k1)`, writing two 32-bit words to `out`. */
export function threefry(k0: number, k1: number, c0: number, c1: number, out: Int32Array): void {
  // The three words of the key schedule, taken in turn.
  let next = k1
  let afterNext = k0 ^ k1 ^ parity
  let last = k0
  let x0 = (c0 + k0) | 0
  let x1 = (c1 + k1) | 0
  for (let group = 1; group <= 5; group++) {
    for (let round = group % 2 === 1 ? 0 : 4, end = round + 4; round < end; round++) {
      x0 = (x0 + x1) | 0
      x1 = rotate(x1, rotations[round]!) ^ x0
    }
    x0 = (x0 + next) | 0
    x1 = (x1 + afterNext + group) | 0
    const first = next
    next = afterNext
    afterNext = last
    last = first
  }
  out[0] = x0
  out[1] = x1
}
