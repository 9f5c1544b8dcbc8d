import { shapeOf, type Pattern } from '../shape/pattern.ts'
import type { Net, ShapesOf } from '../layer/layer.ts'
import { concat, type Concat, type ConcatInput } from '../layers/concat.ts'
import type { Apply } from '../shape/signature.ts'
import { isRight } from '#fp/Either'
import { compose, type Composed } from './graph.ts'
import type { Checked, Entry } from './nodeTypes.ts'

/** A branch: its name and its layer. */
export type Branch = readonly [name: string, layer: Net]

type Reading<Branches> = {
  readonly [I in keyof Branches]: Branches[I] extends readonly [infer Name, infer L]
    ? readonly [Name, L, 'input']
    : never
}

type LastSize<S> = S extends readonly [...unknown[], infer Size extends number] ? Size : number

type Joins<T, Branches> = {
  readonly [I in keyof Branches]: Branches[I] extends readonly [infer Name, infer L extends Net]
    ? readonly [Name, LastSize<Apply<ShapesOf<L>, T>>]
    : never
}

type Wires<Branches> = Branches extends readonly Branch[]
  ? { readonly [B in Branches[number] as B[0]]: B[0] }
  : never

type Entries<T, Branches> =
  Joins<T, Branches> extends infer Inputs extends readonly ConcatInput[]
    ? Reading<Branches> extends infer Nodes extends readonly unknown[]
      ? readonly [...Nodes, readonly ['concat', Concat<Inputs>, Wires<Branches>]]
      : never
    : never

type Branched<E> = E extends readonly [infer Name, infer L, 'input'] ? readonly [Name, L] : E

/** The branches, the first wrong one replaced by its sentence; if they only fail to join, the last one. */
type CheckedBranches<T extends Pattern, Branches> =
  Checked<T, Entries<T, Branches>> extends readonly [...infer Found, readonly [unknown, infer Join, unknown]]
    ? Join extends string
      ? Found extends readonly [...infer Others, readonly [infer Name, unknown, unknown]]
        ? readonly [...{ readonly [I in keyof Others]: Branched<Others[I]> }, readonly [Name, Join]]
        : never
      : { readonly [I in keyof Found]: Branched<Found[I]> }
    : never

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
): Composed<'parallel', T, Entries<T, Branches>> {
  const given = branches as unknown as readonly Branch[]
  const lastSize = (layer: Net): number => {
    const gives = layer.rule.apply(input)
    const size = isRight(gives) ? shapeOf(gives.right).at(-1) : undefined
    return typeof size === 'number' ? size : 1
  }
  const entries: readonly Entry[] = [
    ...given.map(([name, layer]) => [name, layer, 'input'] as const),
    [
      'concat',
      concat(...given.map(([name, layer]) => [name, lastSize(layer)] as const)),
      Object.fromEntries(given.map(([name]) => [name, name])),
    ],
  ]
  return compose('parallel', input, entries) as unknown as Composed<'parallel', T, Entries<T, Branches>>
}
