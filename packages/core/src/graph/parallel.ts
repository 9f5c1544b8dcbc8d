import { isLeft, left, right, type Either } from '#fp/Either'
import type { Net } from '../layer/layer.ts'
import { concat, type ConcatInput } from '../layers/concat.ts'
import { shapeOf, type Pattern } from '../shape/pattern.ts'
import { build } from './build.ts'
import type { Composed } from './graph.ts'
import type { Branch, CheckedBranches, ParallelEntries } from './parallelTypes.ts'

/** The name and last size of each branch, or the sentence for the first that cannot be joined. */
function joins(input: Pattern, branches: readonly Branch[]): Either<string, readonly ConcatInput[]> {
  const inputs: ConcatInput[] = []
  for (const [name, layer] of branches) {
    if (name === 'concat') return left("'concat' is the name of the node that joins the branches")
    const gives = layer.rule.apply(input)
    const size = isLeft(gives) ? undefined : shapeOf(gives.right).at(-1)
    if (typeof size !== 'number' || size < 1)
      return left(`${name}: the last size that it gives is not a number, and cannot be added up`)
    inputs.push([name, size])
  }
  return right(inputs)
}

/**
 * Branches known only at run time, joined, or the sentence that says which of them does not fit.
 *
 * @param input the pattern of the input
 * @param branches as for `parallel`
 * @example
 * parallelFrom(['N', 4], [['left', affine(4, 2)]])
 * // => { _tag: 'Left', left: 'parallel: takes two or more branches' }
 */
export function parallelFrom(input: Pattern, branches: readonly Branch[]): Either<string, Net> {
  if (branches.length < 2) return left('parallel: takes two or more branches')
  const nodes = branches.map(([name, layer]) => [name, layer, 'input'] as const)
  const apart = build('parallel', input, nodes)
  if (isLeft(apart)) return apart
  const inputs = joins(input, branches)
  if (isLeft(inputs)) return inputs
  const wires = Object.fromEntries(branches.map(([name]) => [name, name]))
  return build('parallel', input, [...nodes, ['concat', concat(...inputs.right), wires]])
}

/**
 * Branches that read one input, their outputs joined along the last axis.
 *
 *     y = [f(x) | g(x) | ...]
 *     dx = backward of f(df) + backward of g(dg) + ...       df, dg, ... the columns of dy that came from f, g, ...
 *
 * @param input the pattern of the input
 * @param branches `[name, layer]` each, two or more; all sizes of their outputs but the last are equal
 * @throws TypeError, in plain JavaScript, with the sentence that TypeScript shows on the offending argument
 * @example
 * const wide = parallel(['N', 4], ['left', affine(4, 2)], ['right', affine(4, 3)])
 * wide.forward(wide.init(seed(0)), zeros([1, 4])).output.shape // => [1, 5]
 */
export function parallel<const T extends Pattern, const Branches extends readonly Branch[]>(
  input: T,
  ...branches: CheckedBranches<T, Branches> extends Branches ? Branches : CheckedBranches<T, Branches>
): Composed<'parallel', T, ParallelEntries<T, Branches>> {
  const built = parallelFrom(input, branches as unknown as readonly Branch[])
  if (isLeft(built)) throw new TypeError(built.left)
  return built.right as unknown as Composed<'parallel', T, ParallelEntries<T, Branches>>
}
