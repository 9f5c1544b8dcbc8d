// Threefry-2x32 with 20 rounds: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
const rotations = [13, 15, 26, 6, 17, 29, 16, 24] as const

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

/** Encrypts the counter `(c0, c1)` under the key `(k0, k1)`, writing two 32-bit words to `out`. */
export function threefry(k0: number, k1: number, c0: number, c1: number, out: Int32Array): void {
  const keys = [k0, k1, k0 ^ k1 ^ 0x1bd11bda]
  let x0 = (c0 + k0) | 0
  let x1 = (c1 + k1) | 0
  for (let round = 0; round < 20; round++) {
    x0 = (x0 + x1) | 0
    x1 = rotate(x1, rotations[round % 8]!) ^ x0
    if (round % 4 === 3) {
      const injection = (round + 1) / 4
      x0 = (x0 + keys[injection % 3]!) | 0
      x1 = (x1 + keys[(injection + 1) % 3]! + injection) | 0
    }
  }
  out[0] = x0
  out[1] = x1
}
