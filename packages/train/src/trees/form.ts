import { declaredParameters, leaves, showShape, type ParameterTree, type Tree } from '@pullback/core'

/** The paths of a tree with what is to be found there: `'[2, 3]'`, or `'int32 []'`. */
export type Form = ReadonlyMap<string, string>

/** The form of a tree of tensors. */
export const formOf = (tree: Tree): Form =>
  new Map(leaves(tree).map(([path, { shape, dtype }]) => [path, `${dtype} ${showShape(shape)}`]))

/** The form of the parameters of a net. */
export const declaredForm = (parameters: ParameterTree): Form =>
  new Map(declaredParameters(parameters).map(([path, { shape }]) => [path, showShape(shape)]))

/** The first difference of a tree from a form, to be put after 'it has', or undefined. */
export function differenceFrom(
  form: Form,
  tree: Tree,
  show: (tree: Tree) => Form = formOf,
): string | undefined {
  const given = show(tree)
  for (const [path, wanted] of form) {
    const found = given.get(path)
    if (found === undefined) return `no ${path} ${wanted}`
    if (found !== wanted) return `${path} ${found}, not ${wanted}`
  }
  const extra = [...given.keys()].find((path) => !form.has(path))
  return extra === undefined ? undefined : `${extra} ${given.get(extra)}, which does not belong there`
}

/** The form of a tree without its dtypes. */
export const shapesOf = (tree: Tree): Form =>
  new Map(leaves(tree).map(([path, { shape }]) => [path, showShape(shape)]))
