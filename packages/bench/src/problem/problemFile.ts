import { readFileSync, writeFileSync } from 'node:fs'
import type { Problem } from './problem.ts'
import type { Size } from './sizes.ts'

/** The bytes of a problem: X, W1, b1, W2, b2, y, four bytes a number, in this machine's byte order. */
const parts = ({ X, W1, b1, W2, b2, y }: Problem): readonly (Float32Array | Int32Array)[] => [
  X,
  W1,
  b1,
  W2,
  b2,
  y,
]

/** Writes a problem to a file that children read, in whatever language they are written. */
export const writeProblem = (path: string, problem: Problem): void =>
  writeFileSync(
    path,
    Buffer.concat(
      parts(problem).map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
    ),
  )

/**
 * Reads what `writeProblem` wrote.
 *
 * @throws RangeError if the file does not hold exactly a problem of this size
 */
export function readProblem(path: string, size: Size): Problem {
  const { N, D, H, C } = size
  const bytes = readFileSync(path)
  const expected = 4 * (N * D + D * H + H + H * C + C + N)
  if (bytes.byteLength !== expected)
    throw new RangeError(
      `${path}: a problem '${size.name}' has ${expected} bytes, this has ${bytes.byteLength}`,
    )
  let at = 0
  const take = (length: number): ArrayBuffer => {
    const part = new Uint8Array(bytes.subarray(at, at + 4 * length)).buffer
    at += 4 * length
    return part
  }
  return {
    size,
    X: new Float32Array(take(N * D)),
    W1: new Float32Array(take(D * H)),
    b1: new Float32Array(take(H)),
    W2: new Float32Array(take(H * C)),
    b2: new Float32Array(take(C)),
    y: new Int32Array(take(N)),
  }
}
