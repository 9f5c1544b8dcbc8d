import type { Net, ParamsOf, ShapesOf } from '../layer/layer.ts'
import type { Loose, LooseDim } from '../shape/matchTypes.ts'
import type { Pattern, Takes } from '../shape/pattern.ts'
import type { Apply } from '../shape/signature.ts'
import type { TreeRecord } from '../tensor/tree.ts'
import type { IsName } from './nameTypes.ts'
import type { Shared } from './shared.ts'
import type { Wiring } from './structure.ts'

/** A node as it is written: its name, its layer (or `shared` of an earlier node), and what it reads if not the node before. */
export type Entry =
  readonly [name: string, layer: Net | Shared] | readonly [name: string, layer: Net | Shared, from: Wiring]

/** What is known after some nodes: the pattern every name stands for, the nodes' layers, the last name, the parameters. */
interface Known {
  readonly patterns: object
  readonly layers: object
  readonly last: string
  readonly params: object
}

interface Begin<T extends Takes> {
  readonly patterns: T extends Pattern ? { readonly input: T } : T
  readonly layers: Record<never, never>
  readonly last: T extends Pattern ? 'input' : never
  readonly params: Record<never, never>
}

type NameSentence<K extends Known, Name extends string> =
  IsName<Name> extends false
    ? `'${Name}' is not a name: a name is letters, digits, _ and -, and does not begin with a digit`
    : Name extends keyof K['layers']
      ? `'${Name}' is the name of an earlier node`
      : Name extends keyof K['patterns']
        ? `'${Name}' is the name of an input`
        : undefined

/** The layer of an entry, its own or the one that it shares; a sentence if there is none. */
type Resolve<K extends Known, Name extends string, L> =
  L extends Shared<infer Of>
    ? Of extends keyof K['layers']
      ? K['layers'][Of]
      : `${Name}: there is no earlier node '${Of}'`
    : L

type Missing<K extends Known, From> = From extends string
  ? Exclude<From, keyof K['patterns']>
  : Exclude<From[keyof From], keyof K['patterns']>

type WiringSentence<K extends Known, Name extends string, From> = [From] extends [never]
  ? `${Name}: a node after several inputs must say which of them it reads`
  : [Missing<K, From>] extends [never]
    ? undefined
    : `${Name}: there is no earlier node '${Missing<K, From> & string}'`

type Given<K extends Known, From> = From extends keyof K['patterns']
  ? K['patterns'][From]
  : { readonly [I in keyof From]: From[I] extends keyof K['patterns'] ? K['patterns'][From[I]] : never }

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

type ParamsAfter<K extends Known, Name extends string, L> = L extends Net
  ? keyof ParamsOf<L> extends never
    ? K['params']
    : K['params'] & { readonly [N in Name]: ParamsOf<L> }
  : K['params']

interface Next<K extends Known, Name extends string, L, Resolved, Out> {
  readonly patterns: K['patterns'] & { readonly [N in Name]: Out }
  readonly layers: K['layers'] & { readonly [N in Name]: Resolved }
  readonly last: Name
  readonly params: ParamsAfter<K, Name, L>
}

/** An entry in which the offending part is replaced by its sentence. */
interface Wrong<E extends readonly unknown[]> {
  readonly wrong: E
}

type FromOf<K extends Known, Rest> = Rest extends readonly [infer From] ? From : K['last']

type StepInto<K extends Known, E> = E extends readonly [infer Name extends string, infer L, ...infer Rest]
  ? LooseDim<Name> extends true
    ? // On the layer: in the place of the name, a sentence would be one more string and pass.
      Wrong<
        readonly [
          Name,
          'the name of this node is not one literal string; build a net from data with graphFrom',
          ...Rest,
        ]
      >
    : NameSentence<K, Name> extends infer S extends string
      ? Wrong<readonly [S, L, ...Rest]>
      : WiringSentence<K, Name, FromOf<K, Rest>> extends infer S extends string
        ? Wrong<Rest extends readonly [unknown] ? readonly [Name, L, S] : readonly [Name, S]>
        : Resolve<K, Name, L> extends infer R
          ? Result<Name, R, Given<K, FromOf<K, Rest>>> extends infer Out
            ? Out extends string
              ? Wrong<readonly [Name, Out, ...Rest]>
              : Next<K, Name, L, R, Out>
            : never
          : never
  : never

type Walk<
  K extends Known,
  Entries,
  Done extends readonly unknown[] = readonly [],
> = Entries extends readonly [infer E, ...infer Rest]
  ? StepInto<K, E> extends infer S
    ? S extends Wrong<infer Replaced>
      ? { readonly entries: readonly [...Done, Replaced, ...Rest] }
      : S extends Known
        ? Walk<S, Rest, readonly [...Done, E]>
        : never
    : never
  : K & { readonly entries: Done }

/** The entries of a net, the first wrong one with the offending part replaced by a sentence. */
export type Checked<T extends Takes, Entries> = Walk<Begin<T>, Entries>['entries']

/** The pattern that a net of these entries gives. */
export type Gives<T extends Takes, Entries> =
  Walk<Begin<T>, Entries> extends infer K extends Known
    ? K['last'] extends keyof K['patterns']
      ? K['patterns'][K['last']] extends infer P extends Pattern
        ? P
        : never
      : never
    : never

type Flat<T> = { readonly [K in keyof T]: T[K] }

/** The parameters of a net of these entries: those of its nodes that have any, by name. */
export type NodeParams<T extends Takes, Entries> =
  Walk<Begin<T>, Entries> extends infer K extends Known
    ? Flat<K['params']> extends infer P extends TreeRecord
      ? P
      : never
    : never
