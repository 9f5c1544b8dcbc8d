import { isLeft, type Either } from '#fp/Either'
import type { Layer, Net } from '../layer/layer.ts'
import type { Takes } from '../shape/pattern.ts'
import type { Signature } from '../shape/signature.ts'
import { build } from './build.ts'
import type { Checked, Entry, Gives, NodeParams } from './nodeTypes.ts'

/** The net that `kind` composes of these nodes. */
export type Composed<Kind extends string, T extends Takes, Entries extends readonly unknown[]> = Layer<
  Signature<Kind, T, Gives<T, Entries>>,
  NodeParams<Entries>
>

/** The net of entries that the type checker has checked; a mistake that got past it throws. */
export function compose<const Kind extends string, T extends Takes, Es extends readonly unknown[]>(
  kind: Kind,
  inputs: T,
  entries: Es,
): Composed<Kind, T, Es> {
  const built = build(kind, inputs, entries as unknown as readonly Entry[])
  if (isLeft(built)) throw new TypeError(built.left)
  return built.right as unknown as Composed<Kind, T, Es>
}

/**
 * The general combinator: nodes, each wired to earlier ones, are a layer.
 *
 * Its parameters are a record by the names of the nodes, its output is that of the last one. What several nodes read
 * receives the sum of their gradients.
 *
 * @param inputs the pattern of the one input, named `'input'`, or the patterns of several by name
 * @param entries `[name, layer, from]`: the name of the node, its layer or `shared(...)`, and what it reads: the name of
 *   a node or input, or, for a layer of several inputs, a record of such names; without `from` it reads the node before
 * @throws TypeError, in plain JavaScript, with the sentence that TypeScript shows on the offending argument
 * @example
 * const block = graph(['N', 8],
 *   ['fc', affine(8, 8)],
 *   ['act', relu()],
 *   ['sum', addition('body', 'skip'), { body: 'act', skip: 'input' }])
 * toNested(block.forward(block.init(seed(0)), zeros([1, 8])).output) // => [[0, 0, 0, 0, 0, 0, 0, 0]]
 */
export const graph = <const T extends Takes, const Es extends readonly Entry[]>(
  inputs: T,
  ...entries: Checked<T, Es> extends Es ? Es : Checked<T, Es>
): Composed<'graph', T, Es> => compose('graph', inputs, entries as unknown as Es)

/**
 * The net of nodes known only at run time, or the sentence that says which of them does not fit.
 *
 * @param inputs the pattern of the input, or of several by name
 * @param entries as for `graph`
 * @example
 * const sizes = [4, 8, 3]
 * const entries = sizes.slice(1).map((size, index) => [`fc${index}`, affine(sizes[index] ?? 1, size)] as const)
 * graphFrom(['N', 4], entries)._tag // => 'Right'
 * graphFrom(['N', 5], entries) // => { _tag: 'Left', left: 'fc0: affine(4, 8) takes [N, 4] but is given [N, 5]' }
 */
export const graphFrom = (inputs: Takes, entries: readonly Entry[]): Either<string, Net> =>
  build('graph', inputs, entries)
