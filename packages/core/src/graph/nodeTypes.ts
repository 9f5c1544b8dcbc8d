import type { Net, ParamsOf, ShapesOf } from '../layer/layer.ts'
import type { IsUnion, Loose, LooseDim } from '../shape/matchTypes.ts'
import type { Pattern, Takes } from '../shape/pattern.ts'
import type { Apply } from '../shape/signature.ts'
import type { IsName } from './nameTypes.ts'
import type { Shared } from './shared.ts'
import type { Wiring } from './structure.ts'

/** A node as it is written: its name, its layer (or `shared` of an earlier node), and what it reads if not the node before. */
export type Entry =
  readonly [name: string, layer: Net | Shared] | readonly [name: string, layer: Net | Shared, from: Wiring]

/** A name and what it stands for. */
type Named = readonly [name: string, value: unknown]

/**
 * What is known after some nodes, as arguments and not as members: the names of the inputs and of the nodes, the
 * pattern that each name stands for, the layer of each node, and the pattern that the last one gives. Members would be
 * resolved late and as deep as there are nodes.
 */
interface Known<
  Inputs extends string,
  Nodes extends string,
  Patterns extends readonly Named[],
  Layers extends readonly Named[],
  Last,
> {
  readonly known: readonly [Inputs, Nodes, Patterns, Layers, Last]
}

type InputPatterns<T extends Takes> = T extends Pattern
  ? readonly [readonly ['input', T]]
  : readonly { readonly [Name in keyof T & string]: readonly [Name, T[Name]] }[keyof T & string][]

type Begin<T extends Takes> = Known<
  T extends Pattern ? 'input' : keyof T & string,
  never,
  InputPatterns<T>,
  readonly [],
  T extends Pattern ? T : never
>

type Find<List extends readonly Named[], Name> = Extract<List[number], readonly [Name, unknown]>[1]

type NameSentence<Inputs, Nodes, Name extends string> =
  IsName<Name> extends false
    ? `'${Name}' is not a name: a name is letters, digits, _ and -, and does not begin with a digit`
    : Name extends Nodes
      ? `'${Name}' is the name of an earlier node`
      : Name extends Inputs
        ? `'${Name}' is the name of an input`
        : undefined

/** The layer of an entry, its own or the one that it shares; a sentence if there is none. */
type Resolve<Layers extends readonly Named[], Name extends string, L> =
  L extends Shared<infer Of>
    ? Of extends Layers[number][0]
      ? Find<Layers, Of>
      : `${Name}: there is no earlier node '${Of}'`
    : L

type Missing<Names, From> = Exclude<From extends string ? From : From[keyof From], Names>

type WiringSentence<Names, Last, Name extends string, Rest> = Rest extends readonly [infer From]
  ? [Missing<Names, From>] extends [never]
    ? undefined
    : `${Name}: there is no earlier node '${Missing<Names, From> & string}'`
  : [Last] extends [never]
    ? `${Name}: a node after several inputs must say which of them it reads`
    : undefined

type Given<Patterns extends readonly Named[], Last, Rest> = Rest extends readonly [infer From]
  ? From extends string
    ? Find<Patterns, From>
    : { readonly [I in keyof From]: Find<Patterns, From[I]> }
  : Last

type HasLooseSize<L extends Net> =
  Loose<ShapesOf<L>['Takes']> extends true ? true : Loose<ShapesOf<L>['Gives']> extends true ? true : false

/** The pattern that a layer gives for what it is given, or a sentence headed by the name of the node. */
type Result<Name extends string, L, In> = L extends Net
  ? HasLooseSize<L> extends true
    ? `${Name}: a size of this layer is not one literal number; build a net from data with graphFrom`
    : Apply<ShapesOf<L>, In> extends infer Out
      ? Out extends string
        ? `${Name}: ${Out}`
        : Out
      : never
  : L

/** An entry in which the offending part is replaced by its sentence. */
interface Wrong<E extends readonly unknown[]> {
  readonly wrong: E
}

type LooseName = 'the name of this node is not one literal string; build a net from data with graphFrom'

type StepInto<
  Inputs extends string,
  Nodes extends string,
  Patterns extends readonly Named[],
  Layers extends readonly Named[],
  Last,
  E,
> =
  IsUnion<E> extends true
    ? Wrong<readonly ['node', 'this entry is one of several; build a net from data with graphFrom']>
    : E extends readonly [infer Name extends string, infer L, ...infer Rest]
      ? true extends IsUnion<L> | IsUnion<Rest>
        ? Wrong<
            readonly [
              Name,
              `${Name}: this is one of several layers; build a net from data with graphFrom`,
              ...Rest,
            ]
          >
        : LooseDim<Name> extends true
          ? // On the layer: in the place of the name, a sentence would be one more string and pass.
            Wrong<readonly [Name, LooseName, ...Rest]>
          : NameSentence<Inputs, Nodes, Name> extends infer S extends string
            ? Wrong<readonly [S, L, ...Rest]>
            : WiringSentence<Inputs | Nodes, Last, Name, Rest> extends infer S extends string
              ? Wrong<Rest extends readonly [unknown] ? readonly [Name, L, S] : readonly [Name, S]>
              : Resolve<Layers, Name, L> extends infer R
                ? Result<Name, R, Given<Patterns, Last, Rest>> extends infer Out
                  ? Out extends string
                    ? Wrong<readonly [Name, Out, ...Rest]>
                    : Known<
                        Inputs,
                        Nodes | Name,
                        readonly [...Patterns, readonly [Name, Out]],
                        readonly [...Layers, readonly [Name, R]],
                        Out
                      >
                  : never
                : never
      : never

type Walk<K, Entries, Done extends readonly unknown[] = readonly []> = Entries extends readonly [
  infer E,
  ...infer Rest,
]
  ? K extends Known<infer Inputs, infer Nodes, infer Patterns, infer Layers, infer Last>
    ? StepInto<Inputs, Nodes, Patterns, Layers, Last, E> extends infer S
      ? S extends Wrong<infer Replaced>
        ? { readonly entries: readonly [...Done, Replaced, ...Rest] }
        : Walk<S, Rest, readonly [...Done, E]>
      : never
    : never
  : K extends Known<string, string, readonly Named[], readonly Named[], infer Last>
    ? { readonly entries: Done; readonly gives: Last }
    : never

/** The entries of a net, the first wrong one with the offending part replaced by a sentence. */
export type Checked<T extends Takes, Entries> = Walk<Begin<T>, Entries>['entries']

/** The pattern that a net of these entries gives. */
export type Gives<T extends Takes, Entries> =
  Walk<Begin<T>, Entries> extends { readonly gives: infer G extends Pattern } ? G : never

type OwnParams<E> = E extends readonly [infer Name extends string, infer L extends Net, ...unknown[]]
  ? keyof ParamsOf<L> extends never
    ? never
    : Name
  : never

/** The parameters of a net of these entries: those of its nodes that have any, by name. */
export type NodeParams<Entries extends readonly unknown[]> = {
  readonly [E in Entries[number] as OwnParams<E>]: E extends readonly [
    string,
    infer L extends Net,
    ...unknown[],
  ]
    ? ParamsOf<L>
    : never
}
