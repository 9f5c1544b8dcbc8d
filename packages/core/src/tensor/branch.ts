import { isTensor } from './tensor.ts'
import type { Tree, TreeRecord } from './tree.ts'

/** The record of a tree under a name; an empty one where there is none. */
export function branch(tree: Tree | undefined, name: string): TreeRecord {
  const found = tree === undefined || isTensor(tree) || !Object.hasOwn(tree, name) ? undefined : tree[name]
  return found === undefined || isTensor(found) ? {} : found
}
