import { evaluate, leaves, toArray, type Tree } from '@pullback/core'

/** Every element of a tree by path and bit pattern: equal if and only if the trees are equal to the bit. */
export const bitsOf = (tree: Tree): readonly string[] =>
  leaves(evaluate(tree)).map(([path, tensor]) => {
    const { buffer } = toArray(tensor)
    return `${path} ${tensor.dtype} [${tensor.shape.join(', ')}] ${Buffer.from(buffer).toString('hex')}`
  })
