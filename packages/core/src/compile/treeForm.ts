import type { Dtype } from '../tensor/dtype.ts'
import { equalShapes } from '../tensor/shape.ts'
import { isTensor, type AnyTensor } from '../tensor/tensor.ts'
import { leaves, type Tree } from '../tensor/tree.ts'
import { said, show, showKind } from './sentence.ts'

/** One tensor of a tree of known form: where it is, what it is called, its shape and its dtype. */
export interface Leaf {
  readonly path: readonly string[]
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: Dtype
}

/** Whether a value is an object that was written as `{ ... }`, in whatever realm. */
function isRecord(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

const nameOf = (path: readonly string[]): string => (path.length === 0 ? 'input' : path.join('.'))

/**
 * The tensors of a tree as far as their values do not matter, in order.
 *
 * @throws TypeError naming the path of what is neither a tensor nor a plain record
 */
export function formOf(tree: Tree): readonly Leaf[] {
  const found: Leaf[] = []
  const walk = (node: unknown, path: readonly string[]): void => {
    if (isTensor(node)) found.push({ path, name: nameOf(path), shape: node.shape, dtype: node.dtype })
    else if (isRecord(node)) for (const [key, child] of Object.entries(node)) walk(child, [...path, key])
    else
      throw new TypeError(
        `${said(nameOf(path))} is ${show(node)}; a tensor or a plain record of tensors is expected`,
      )
  }
  walk(tree, [])
  return found
}

/** What is at a path of a value that should be a tree; nothing is allocated for it. */
export function at(tree: unknown, path: readonly string[]): unknown {
  let node = tree
  for (let depth = 0; depth < path.length; depth++) {
    const key = path[depth] ?? ''
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined
    node = (node as Readonly<Record<string, unknown>>)[key]
  }
  return node
}

const fits = (leaf: Leaf, tensor: AnyTensor): boolean =>
  tensor.dtype === leaf.dtype && equalShapes(tensor.shape, leaf.shape)

function countLeaves(tree: unknown): number {
  if (!isRecord(tree) || isTensor(tree)) return 1
  let count = 0
  for (const key in tree) if (Object.hasOwn(tree, key)) count += countLeaves(at(tree, [key]))
  return count
}

/** Whether a tree has exactly the tensors of a form. */
export const isOfForm = (form: readonly Leaf[], tree: Tree): boolean =>
  form.every((leaf) => {
    const tensor = at(tree, leaf.path)
    return isTensor(tensor) && fits(leaf, tensor)
  }) && countLeaves(tree) === form.length

/**
 * The tensors of a tree, in the order of its form.
 *
 * @param what names who takes the tree in sentences
 * @throws TypeError naming the first path where the tree is not of the form
 */
export function tensorsOf(what: string, form: readonly Leaf[], tree: Tree): readonly AnyTensor[] {
  const found = form.map((leaf) => {
    const tensor = at(tree, leaf.path)
    if (!isTensor(tensor))
      throw new TypeError(
        `${what}: takes ${said(leaf.name)}, ${showKind(leaf)}, but is given ${tensor === undefined ? 'none' : show(tensor)}`,
      )
    if (!fits(leaf, tensor))
      throw new TypeError(
        `${what}: ${said(leaf.name)} was compiled as ${showKind(leaf)} but is given as ${showKind(tensor)}; compile once more for that`,
      )
    return tensor
  })
  const given = leaves(tree)
  if (given.length === form.length) return found
  const names = new Set(form.map(({ name }) => name))
  const extra = given.find(([path]) => !names.has(path))
  throw new TypeError(
    `${what}: is given ${said(extra?.[0] ?? '')}, which it was not compiled for; leave it out, or compile once more with it`,
  )
}
