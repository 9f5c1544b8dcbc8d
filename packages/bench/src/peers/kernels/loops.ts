import { learningRate, regularization, type Parameters, type Problem } from '../../problem/problem.ts'
import { affineInto, gatedInto, gradientInto } from './products.ts'

type Floats = Float32Array | Float64Array

/** Turns logits [n, c] into (softmax - onehot(labels)) / n in place; the mean cross-entropy. */
function softmaxInPlace(z: Floats, labels: Int32Array, n: number, c: number): number {
  let loss = 0
  for (let i = 0; i < n; i++) {
    const row = i * c
    let most = -Infinity
    for (let j = 0; j < c; j++) if (z[row + j]! > most) most = z[row + j]!
    const right = z[row + labels[i]!]! - most
    let total = 0
    for (let j = 0; j < c; j++) total += z[row + j] = Math.exp(z[row + j]! - most)
    loss += Math.log(total) - right
    for (let j = 0; j < c; j++) z[row + j]! /= total * n
    z[row + labels[i]!]! -= 1 / n
  }
  return loss / n
}

/** p -= learningRate g; the sum of the squares of p before. */
function descend(p: Floats, g: Floats): number {
  let total = 0
  for (let i = 0; i < p.length; i++) {
    const value = p[i]!
    total += value * value
    p[i] = value - learningRate * g[i]!
  }
  return total
}

/** p -= learningRate colsum(d), of d [n, m]. */
function descendBias(p: Floats, d: Floats, n: number, m: number): void {
  for (let j = 0; j < m; j++) {
    let total = 0
    for (let i = 0; i < n; i++) total += d[i * m + j]!
    p[j]! -= learningRate * total
  }
}

const like = <A extends Floats>(array: A, length: number): A =>
  (array instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)) as A

/** The step written out as loops over typed arrays, all in place; in float64 it is what others are verified by. */
export function loops<A extends Floats>(problem: Problem<A>) {
  const { size, X, y } = problem
  const { N, D, H, C } = size
  const W1 = problem.W1.slice() as A
  const b1 = problem.b1.slice() as A
  const W2 = problem.W2.slice() as A
  const b2 = problem.b2.slice() as A
  const [p1, dz1, z2] = [like(X, N * H), like(X, N * H), like(X, N * C)]
  const [dW1, dW2] = [like(X, D * H), like(X, H * C)]
  let loss = Number.NaN
  const once = (): void => {
    affineInto(p1, X, W1, b1, N, D, H)
    for (let i = 0; i < N * H; i++) if (!(p1[i]! > 0)) p1[i] = 0
    affineInto(z2, p1, W2, b2, N, H, C)
    const entropy = softmaxInPlace(z2, y, N, C)
    gatedInto(dz1, z2, W2, p1, N, H, C)
    gradientInto(dW2, p1, z2, W2, 2 * regularization, N, H, C)
    gradientInto(dW1, X, dz1, W1, 2 * regularization, N, D, H)
    descendBias(b1, dz1, N, H)
    descendBias(b2, z2, N, C)
    const squares = descend(W1, dW1) + descend(W2, dW2)
    loss = entropy + regularization * squares
  }
  return {
    step: (count: number): void => {
      for (let i = 0; i < count; i++) once()
    },
    loss: (): number => loss,
    parameters: (): Parameters<A> => ({ W1, b1, W2, b2 }),
  }
}
