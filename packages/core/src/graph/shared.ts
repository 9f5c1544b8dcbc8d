/** A node that is an earlier node's layer again, with that node's parameters. */
export interface Shared<Name extends string = string> {
  readonly shares: Name
}

/**
 * In the place of a layer: the layer of an earlier node once more, with the same parameters; its gradients add up.
 *
 * @param node the name of the earlier node
 * @example
 * const twice = sequential(['N', 3], ['fc', affine(3, 3)], ['act', relu()], ['again', shared('fc')])
 * Object.keys(twice.init(seed(0))) // => ['fc']
 */
export const shared = <const Name extends string>(node: Name): Shared<Name> => ({ shares: node })
