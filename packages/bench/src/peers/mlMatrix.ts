import { Matrix } from 'ml-matrix'
import { learningRate, regularization } from '../problem/problem.ts'
import type { Contender } from './peer.ts'

type Rows = readonly Float64Array[]

const rowsOf = (array: Float32Array, rows: number, columns: number): Rows =>
  Array.from({ length: rows }, (_, i) => Float64Array.from(array.subarray(i * columns, (i + 1) * columns)))

const matrixOf = (array: Float32Array, rows: number, columns: number): Matrix =>
  new Matrix(rowsOf(array, rows, columns))

/** Mean cross-entropy of softmax; the logits become (softmax - onehot) / N. */
function softmaxInPlace(z: Matrix, y: Int32Array): number {
  z.subColumnVector(z.max('row')).exp()
  z.divColumnVector(z.sum('row'))
  let loss = 0
  for (const [i, label] of y.entries()) {
    loss -= Math.log(z.get(i, label))
    z.set(i, label, z.get(i, label) - 1)
  }
  z.mul(1 / y.length)
  return loss / y.length
}

const squares = (matrix: Matrix): number => matrix.dot(matrix)

const flat = (matrix: Matrix): Float64Array => Float64Array.from(matrix.to1DArray())

/** The step on ml-matrix, in float64, as that is all it has. */
export const mlMatrix: Contender = {
  prepare({ size, X: inputs, y, ...start }) {
    const { N, D, H, C } = size
    const X = matrixOf(inputs, N, D)
    const [W1, W2] = [matrixOf(start.W1, D, H), matrixOf(start.W2, H, C)]
    const [b1, b2] = [matrixOf(start.b1, 1, H), matrixOf(start.b2, 1, C)]
    let loss = Number.NaN
    const once = (): void => {
      const p1 = X.mmul(W1).addRowVector(b1)
      for (let i = 0; i < N; i++) for (let j = 0; j < H; j++) if (p1.get(i, j) < 0) p1.set(i, j, 0)
      const z2 = p1.mmul(W2).addRowVector(b2)
      loss = softmaxInPlace(z2, y) + regularization * (squares(W1) + squares(W2))
      const dz1 = z2.mmul(W2.transpose())
      for (let i = 0; i < N; i++) for (let j = 0; j < H; j++) if (p1.get(i, j) === 0) dz1.set(i, j, 0)
      const dW2 = p1.transpose().mmul(z2)
      const dW1 = X.transpose().mmul(dz1)
      W1.mul(1 - 2 * learningRate * regularization).sub(dW1.mul(learningRate))
      W2.mul(1 - 2 * learningRate * regularization).sub(dW2.mul(learningRate))
      b1.sub(Matrix.rowVector(dz1.sum('column')).mul(learningRate))
      b2.sub(Matrix.rowVector(z2.sum('column')).mul(learningRate))
    }
    return {
      step: (count) => {
        for (let i = 0; i < count; i++) once()
      },
      loss: () => loss,
      parameters: () => ({ W1: flat(W1), b1: flat(b1), W2: flat(W2), b2: flat(b2) }),
    }
  },
}
