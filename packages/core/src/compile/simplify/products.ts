import type { AnyTensor } from '../../tensor/tensor.ts'
import { rewrite, type Rewrite } from './rewrite.ts'

/** What a tensor is the transpose of, in its last two axes alone. */
function untransposed({ expression }: AnyTensor): AnyTensor | undefined {
  if (expression.op !== 'transpose') return undefined
  const { permutation } = expression
  const rank = permutation.length
  const swaps = permutation.every(
    (axis, position) => axis === (position < rank - 2 ? position : 2 * rank - 3 - position),
  )
  return swaps ? expression.operands[0] : undefined
}

/** Matrix products read their operands in any order. */
export const products: readonly Rewrite[] = [
  rewrite(
    ['matmul'],
    'a product reads a transpose where it lies',
    ({ op, operands: [a, b], transposeA, transposeB }, { shape, dtype }, build) => {
      const [left, right] = [untransposed(a), untransposed(b)]
      if (left === undefined && right === undefined) return undefined
      const flags = {
        transposeA: transposeA !== (left !== undefined),
        transposeB: transposeB !== (right !== undefined),
      }
      return build({ op, operands: [left ?? a, right ?? b], ...flags }, shape, dtype)
    },
  ),
]
