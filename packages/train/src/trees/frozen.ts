import { isTensor, type Tree } from '@pullback/core'

/** A copy of a tree of which no record can be changed; tensors cannot be changed anyway. */
export const frozen = <T extends Tree>(tree: T): T =>
  isTensor(tree)
    ? tree
    : (Object.freeze(
        Object.fromEntries(Object.entries(tree).map(([name, child]) => [name, frozen(child)])),
      ) as Tree as T)
