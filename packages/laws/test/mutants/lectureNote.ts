import {
  add,
  div,
  exp,
  greater,
  initialConstant,
  int32,
  layer,
  log,
  matmul,
  max,
  maximum,
  mul,
  oneHot,
  parameter,
  signature,
  square,
  sub,
  sum,
  where,
  type Tensor,
} from '@pullback/core'
import { wrongGradient, type Mutant } from './mutant.ts'

/** What backward of the two-layer net has at hand. */
interface Known {
  readonly X: Tensor
  readonly z1: Tensor
  readonly p1: Tensor
  readonly z2: Tensor
  readonly W1: Tensor
  readonly W2: Tensor
  readonly dz2: Tensor
  readonly dz1: Tensor
}

type Gradient = (known: Known) => Tensor

const reg = 0.3

// Where every size is the same, a wrong product fits.
const size = 3

const columnSum = (x: Tensor): Tensor => sum(x, { axes: 0 })
const rows = ({ X }: Known): number => Math.max(X.shape[0] ?? 1, 1)
const product = (a: Tensor, b: Tensor): Tensor => matmul(a, b, { transposeA: true })

const right = {
  mask: ({ z1 }: Pick<Known, 'z1' | 'z2'>): Tensor => z1,
  W1: ({ X, dz1, W1 }: Known) => add(product(X, dz1), mul(W1, 2 * reg)),
  b1: ({ dz1 }: Known) => columnSum(dz1),
  W2: ({ p1, dz2, W2 }: Known) => add(product(p1, dz2), mul(W2, 2 * reg)),
  b2: ({ dz2 }: Known) => columnSum(dz2),
}

/** The two-layer net with its loss and penalty as one layer, some steps of whose backward are others. */
function twoLayers(kind: string, steps: Partial<typeof right>) {
  const { mask, W1: dW1, b1: db1, W2: dW2, b2: db2 } = { ...right, ...steps }
  const matrix = parameter([size, size], initialConstant(1))
  const vector = parameter([size], initialConstant(1))
  return layer({
    kind,
    shape: signature(kind, { X: ['N', size], labels: int32('N') }, []),
    params: { W1: matrix, b1: vector, W2: matrix, b2: vector },
    forward: ({ W1, b1, W2, b2 }, { X, labels }) => {
      const z1 = add(matmul(X, W1), b1)
      const p1 = maximum(z1, 0)
      const z2 = add(matmul(p1, W2), b2)
      const shifted = sub(z2, max(z2, { axes: 1, keepDims: true }))
      const total = sum(exp(shifted), { axes: 1, keepDims: true })
      const target = oneHot(labels, size, X.dtype)
      const losses = sub(log(total), sum(where(greater(target, 0), shifted, 0), { axes: 1, keepDims: true }))
      const penalty = mul(add(sum(square(W1)), sum(square(W2))), reg)
      return {
        output: add(div(sum(losses), Math.max(X.shape[0] ?? 1, 1)), penalty),
        cache: { X, z1, p1, z2, error: sub(div(exp(shifted), total), target) },
      }
    },
    backward: ({ W1, W2 }, { X, z1, p1, z2, error }, dL) => {
      const count = Math.max(X.shape[0] ?? 1, 1)
      const dz2 = div(error, count)
      const dz1 = where(greater(mask({ z1, z2 }), 0), matmul(dz2, W2, { transposeB: true }), 0)
      const known: Known = { X, z1, p1, z2, W1, W2, dz2, dz1 }
      const scaled = (gradient: Gradient) => mul(gradient(known), dL)
      return {
        dParams: { W1: scaled(dW1), b1: scaled(db1), W2: scaled(dW2), b2: scaled(db2) },
        dInput: { X: mul(matmul(dz1, W1, { transposeB: true }), dL) },
      }
    },
  })
}

const averaged = /averaged over the batch once too often/
const leftOut = /a term, such as a penalty's, is left out/

const note = (name: string, tensor: string, steps: Partial<typeof right>, hint?: RegExp): Mutant => ({
  name: `lecture note: ${name}`,
  layer: twoLayers('lectureNote', steps),
  expected: wrongGradient(tensor, hint),
})

/** The two-layer net as it should be. */
export const twoLayerNet = twoLayers('twoLayerNet', {})

/** What the lecture note does instead, one mistake at a time: see docs/two-layer-net.md. */
export const lectureNote: readonly Mutant[] = [
  note('dW2 from dz1', 'params.W2', {
    W2: ({ p1, dz1, W2 }) => add(product(p1, dz1), mul(W2, 2 * reg)),
  }),
  note('the mask of ReLU from z2', 'params.W1', { mask: ({ z2 }) => z2 }),
  note('db1 from dz1 W2^T', 'params.b1', {
    b1: ({ dz1, W2 }) => columnSum(matmul(dz1, W2, { transposeB: true })),
  }),
  note('b1 averaged again', 'params.b1', { b1: (known) => div(columnSum(known.dz1), rows(known)) }, averaged),
  note('b2 averaged again', 'params.b2', { b2: (known) => div(columnSum(known.dz2), rows(known)) }, averaged),
  note('L2 left out of dW1', 'params.W1', { W1: ({ X, dz1 }) => product(X, dz1) }, leftOut),
  note('L2 left out of dW2', 'params.W2', { W2: ({ p1, dz2 }) => product(p1, dz2) }, leftOut),
  note(
    'half of L2 in dW1',
    'params.W1',
    { W1: ({ X, dz1, W1 }) => add(product(X, dz1), mul(W1, reg)) },
    leftOut,
  ),
  note(
    'half of L2 in dW2',
    'params.W2',
    { W2: ({ p1, dz2, W2 }) => add(product(p1, dz2), mul(W2, reg)) },
    leftOut,
  ),
]
