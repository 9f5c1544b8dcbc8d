import type { Problem } from './problem.ts'
import type { Size } from './sizes.ts'

/** Uniform numbers in [0, 1) from a seed: Weyl's sequence, its bits mixed as in MurmurHash3. */
function uniforms(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b9)
  return () => {
    state = (state + 0x9e3779b9) | 0
    let bits = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
    return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32
  }
}

/** Normal numbers from uniform ones, by the transform of Box and Muller. */
const normals = (uniform: () => number, length: number, scale: number): Float32Array =>
  Float32Array.from(
    { length },
    () => scale * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  )

/**
 * The problem of a size, the same for the same seed. Inputs have a norm of about 8 at most and weights keep it, so that
 * any number of steps at a learning rate of 0.1 converge at every size.
 */
export function generate(size: Size, seed: number): Problem {
  const { N, D, H, C } = size
  const uniform = uniforms(seed)
  return {
    size,
    X: normals(uniform, N * D, Math.min(1, 8 / Math.sqrt(D))),
    W1: normals(uniform, D * H, Math.sqrt(2 / D)),
    b1: normals(uniform, H, 0.1),
    W2: normals(uniform, H * C, Math.sqrt(2 / H)),
    b2: normals(uniform, C, 0.1),
    y: Int32Array.from({ length: N }, () => Math.floor(uniform() * C)),
  }
}
