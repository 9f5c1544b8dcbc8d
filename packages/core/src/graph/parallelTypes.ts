import type { Net, ShapesOf } from '../layer/layer.ts'
import type { Concat, ConcatInput } from '../layers/concat.ts'
import type { Pattern } from '../shape/pattern.ts'
import type { Apply } from '../shape/signature.ts'
import type { Checked } from './nodeTypes.ts'

/** A branch: its name and its layer. */
export type Branch = readonly [name: string, layer: Net]

/** The branches as nodes that all read the input. */
type Reading<Branches> = {
  readonly [I in keyof Branches]: Branches[I] extends readonly [infer Name, infer L]
    ? readonly [Name, L, 'input']
    : Branches[I]
}

type LastSize<S> = S extends readonly [...unknown[], infer Size] ? Size : undefined

type LastSizeOf<T, L> = L extends Net ? LastSize<Apply<ShapesOf<L>, T>> : undefined

type Joins<T, Branches> = {
  readonly [I in keyof Branches]: Branches[I] extends readonly [infer Name, infer L]
    ? readonly [Name, LastSizeOf<T, L> extends infer Size extends number ? Size : never]
    : never
}

type Wires<Branches> = Branches extends readonly Branch[]
  ? { readonly [B in Branches[number] as B[0]]: B[0] }
  : never

/** The nodes of branches that fit: each reads the input, and `concat` reads them all. */
export type ParallelEntries<T, Branches> =
  Joins<T, Branches> extends infer Inputs extends readonly ConcatInput[]
    ? Reading<Branches> extends infer Nodes extends readonly unknown[]
      ? readonly [...Nodes, readonly ['concat', Concat<Inputs>, Wires<Branches>]]
      : never
    : never

type WithoutInput<E> = E extends readonly [infer Name, infer L, 'input'] ? readonly [Name, L] : E

type AsBranches<Entries> = { readonly [I in keyof Entries]: WithoutInput<Entries[I]> }

/** The branches, the first of which the join is not possible replaced by its sentence. */
type Joinable<
  T,
  Branches extends readonly unknown[],
  Done extends readonly unknown[] = readonly [],
> = Branches extends readonly [readonly [infer Name extends string, infer L], ...infer Rest]
  ? Name extends 'concat'
    ? readonly [...Done, readonly ["'concat' is the name of the node that joins the branches", L], ...Rest]
    : LastSizeOf<T, L> extends number
      ? Joinable<T, Rest, readonly [...Done, readonly [Name, L]]>
      : readonly [
          ...Done,
          readonly [Name, `${Name}: the last size that it gives is not a number, and cannot be added up`],
          ...Rest,
        ]
  : Done

/** The branches if they join; else the last one replaced by the sentence of the join. */
type Joined<T extends Pattern, Branches extends readonly unknown[]> =
  Checked<T, ParallelEntries<T, Branches>> extends readonly [
    ...unknown[],
    readonly [unknown, infer Join, unknown],
  ]
    ? Join extends string
      ? Branches extends readonly [...infer Others, readonly [infer Name, unknown]]
        ? readonly [...Others, readonly [Name, Join]]
        : never
      : Branches
    : never

/** The branches, the first wrong one with the offending part replaced by its sentence: the twin of `parallelFrom`. */
export type CheckedBranches<
  T extends Pattern,
  Branches extends readonly unknown[],
> = Branches extends readonly [unknown, unknown, ...unknown[]]
  ? AsBranches<Checked<T, Reading<Branches>>> extends infer Found extends readonly unknown[]
    ? Found extends Branches
      ? Joinable<T, Branches> extends infer Joining extends readonly unknown[]
        ? Joining extends Branches
          ? Joined<T, Branches>
          : Joining
        : never
      : Found
    : never
  : readonly [Branch, 'parallel: takes two or more branches']
