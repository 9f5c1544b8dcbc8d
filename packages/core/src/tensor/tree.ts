import type { Monoid } from '#fp/Monoid'
import { broadcastTo } from './movement.ts'
import { scalar } from './construct.ts'
import { add } from './elementwise.ts'
import { equalShapes, showShape, type Shape } from './shape.ts'
import { isTensor, type AnyTensor, type Tensor } from './tensor.ts'

/** A tensor, or a record of trees: what parameters, gradients, caches and inputs are. */
export type Tree = AnyTensor | TreeRecord

/** A record of trees by name. */
export interface TreeRecord {
  readonly [name: string]: Tree
}

/** The tree of the same form with `Leaf` in the place of every tensor. */
export type Mapped<T extends Tree, Leaf> = T extends AnyTensor
  ? Leaf
  : { readonly [K in keyof T]: T[K] extends Tree ? Mapped<T[K], Leaf> : never }

/** The paths of all tensors of a tree, as a union: `'fc1.W' | 'fc1.b'`; any string if the names are not known. */
export type Path<T> = T extends AnyTensor
  ? ''
  : string extends keyof T
    ? string
    : { [K in keyof T & string]: T[K] extends AnyTensor ? K : `${K}.${Path<T[K]>}` }[keyof T & string]

/** The tensor at a path of a tree. */
export type At<T, P extends string> = P extends keyof T
  ? T[P]
  : P extends `${infer Head}.${infer Rest}`
    ? Head extends keyof T
      ? At<T[Head], Rest>
      : never
    : never

/** The tensor at a path of a tree; any tensor if the names of the tree are not known. */
type Found<T, P extends string> = [At<T, P>] extends [never]
  ? AnyTensor
  : At<T, P> extends AnyTensor
    ? At<T, P>
    : AnyTensor

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

/** A record with these own properties, `__proto__` among them being a name like any other. */
const record = <V>(entries: readonly (readonly [string, V])[]): Readonly<Record<string, V>> =>
  Object.fromEntries(entries)

/** All tensors of a tree with their paths, in the order of the records. */
export function leaves(tree: Tree): readonly (readonly [path: string, tensor: AnyTensor])[] {
  const found: (readonly [string, AnyTensor])[] = []
  const walk = (node: Tree, path: string): void => {
    if (isTensor(node)) found.push([path, node])
    else for (const [name, child] of Object.entries(node)) walk(child, join(path, name))
  }
  walk(tree, '')
  return found
}

const showKind = ({ dtype, shape }: AnyTensor): string => `${dtype} ${showShape(shape)}`

/** The replacement of a tensor, provided that it has its shape and dtype: the types of trees say so. */
function kept(what: string, path: string, tensor: AnyTensor, replacement: AnyTensor): AnyTensor {
  if (equalShapes(tensor.shape, replacement.shape) && tensor.dtype === replacement.dtype) return replacement
  const of = path === '' ? 'the tensor' : `'${path}'`
  throw new TypeError(
    `${what}: ${of} is ${showKind(tensor)} and cannot become ${showKind(replacement)}; transformTree puts anything in its place`,
  )
}

/**
 * The tree with every tensor replaced by one of its shape and dtype; `transformTree` puts anything in their place.
 *
 * @param f given each tensor and its path
 * @throws TypeError naming the path where a shape or dtype would change
 * @example
 * const params = { fc: { W: ones([2, 2]), b: ones([2]) } }
 * toNested(mapTree(params, (x) => mul(x, 3)).fc.b) // => [3, 3]
 */
export function mapTree<T extends Tree>(tree: T, f: (tensor: AnyTensor, path: string) => AnyTensor): T {
  return transformTree(tree, (tensor, path) => kept('mapTree', path, tensor, f(tensor, path))) as Tree as T
}

/** The tree of the same form with anything in the place of every tensor. */
export function transformTree<T extends Tree, Leaf>(
  tree: T,
  f: (tensor: AnyTensor, path: string) => Leaf,
): Mapped<T, Leaf> {
  const walk = (node: Tree, path: string): unknown =>
    isTensor(node)
      ? f(node, path)
      : record(Object.entries(node).map(([name, child]) => [name, walk(child, join(path, name))]))
  return walk(tree, '') as Mapped<T, Leaf>
}

/**
 * Two trees of one form joined tensor by tensor to a tree with the shapes and dtypes of the first.
 *
 * @throws TypeError naming the path where the forms differ, or a shape or dtype would change
 * @example
 * const total = zipTrees({ b: ones([2]) }, { b: ones([2]) }, add)
 * toNested(total.b) // => [2, 2]
 */
export function zipTrees<T extends Tree>(
  a: T,
  b: T,
  f: (a: AnyTensor, b: AnyTensor, path: string) => AnyTensor,
): T {
  const walk = (left: Tree, right: Tree, path: string): Tree => {
    if (isTensor(left) && isTensor(right)) return kept('zipTrees', path, left, f(left, right, path))
    if (isTensor(left) || isTensor(right)) throw differ(path, left, right)
    const names = Object.keys(left)
    if (names.length !== Object.keys(right).length || !names.every((name) => Object.hasOwn(right, name)))
      throw differ(path, left, right)
    return record(names.map((name) => [name, walk(child(left, name), child(right, name), join(path, name))]))
  }
  return walk(a, b, '') as T
}

function child(tree: TreeRecord, name: string): Tree {
  const found = Object.hasOwn(tree, name) ? tree[name] : undefined
  if (found === undefined) throw new TypeError(`there is no '${name}' among ${Object.keys(tree).join(', ')}`)
  return found
}

const showNames = (names: readonly string[]): string =>
  names.length === 0 ? '{}' : `{ ${names.join(', ')} }`

const showForm = (tree: Tree): string =>
  isTensor(tree) ? `a tensor ${showShape(tree.shape)}` : showNames(Object.keys(tree))

const differ = (path: string, a: Tree, b: Tree): TypeError =>
  new TypeError(
    `zipTrees: the trees differ ${path === '' ? 'at the root' : `at '${path}'`}: ${showForm(a)} and ${showForm(b)}`,
  )

/**
 * All tensors of a tree folded into one value, in order.
 *
 * @example
 * foldTree({ W: ones([2, 3]), b: ones([3]) }, 0, (count, x) => count + elementCount(x.shape)) // => 9
 */
export const foldTree = <R>(
  tree: Tree,
  initial: R,
  f: (result: R, tensor: AnyTensor, path: string) => R,
): R => leaves(tree).reduce((result, [path, tensor]) => f(result, tensor, path), initial)

/**
 * The tensor at a path.
 *
 * @throws TypeError naming the part of the path that is not there
 * @example
 * lookup({ fc1: { W: ones([2, 3]) } }, 'fc1.W').shape // => [2, 3]
 */
export function lookup<T extends Tree, const P extends Path<T>>(tree: T, path: P): At<T, P> {
  const found = lookupAny(tree, path)
  return found as At<T, P>
}

/** The tensor at a path that is known only at run time; throws as `lookup` does. */
export function lookupAny(tree: Tree, path: string): AnyTensor {
  let node: Tree = tree
  for (const name of path === '' ? [] : path.split('.')) {
    if (isTensor(node) || !Object.hasOwn(node, name))
      throw new TypeError(`'${path}' is not a path of the tree: ${showForm(node)} has no '${name}'`)
    node = child(node, name)
  }
  if (!isTensor(node)) throw new TypeError(`'${path}' is not the path of a tensor but of ${showForm(node)}`)
  return node
}

/**
 * The tree with the tensor at one path replaced by one of its shape and dtype.
 *
 * @param f given the tensor that is there
 * @throws TypeError naming the part of the path that is not there, or if the shape or dtype would change
 * @example
 * const params = update({ fc1: { b: zeros([2]) } }, 'fc1.b', (b) => add(b, 1))
 * toNested(params.fc1.b) // => [1, 1]
 */
export function update<T extends Tree, const P extends Path<T>>(
  tree: T,
  path: P,
  f: (tensor: Found<T, P>) => Tensor<Shape, Found<T, P>['dtype']>,
): T {
  return updateAny(tree, path, (tensor) => kept('update', path, tensor, f(tensor as Found<T, P>))) as T
}

/** The tree with the tensor at a path replaced by any, the path being known only at run time; throws as `lookup` does. */
export function updateAny(tree: Tree, path: string, f: (tensor: AnyTensor) => AnyTensor): Tree {
  const replacement = f(lookupAny(tree, path))
  const walk = (node: Tree, [name, ...rest]: readonly string[]): Tree =>
    name === undefined || isTensor(node)
      ? replacement
      : record(Object.entries(node).map(([key, value]) => [key, key === name ? walk(value, rest) : value]))
  return walk(tree, path === '' ? [] : path.split('.'))
}

/** A tree of zeros of the form, shapes and dtypes of `tree`. */
export const zerosLike = <T extends Tree>(tree: T): T =>
  mapTree(tree, (x) => broadcastTo(scalar(0, x.dtype), x.shape))

/**
 * Trees of one form under addition: what gradients of one net form.
 *
 * @example
 * const sums = additive({ b: ones([2]) })
 * toNested(sums.concat({ b: ones([2]) }, sums.empty).b) // => [1, 1]
 */
export const additive = <T extends Tree>(like: T): Monoid<T> => ({
  empty: zerosLike(like),
  concat: (a, b) => zipTrees(a, b, (x, y) => add(x, y)),
})

/** Whether a value is a tree of tensors: a tensor, or a plain record of trees. */
export const isTree = (value: unknown): value is Tree =>
  isTensor(value) || (isRecord(value) && Object.values(value).every(isTree))

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.prototype.toString.call(value) === '[object Object]'
