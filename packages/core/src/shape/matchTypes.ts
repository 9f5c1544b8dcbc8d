import type { Shape } from '../tensor/shape.ts'
import type { IntegerPattern, Pattern, PatternRecord } from './pattern.ts'
import type { SortedKeys } from './sortedKeys.ts'

/** What the names in a pattern stand for, as far as the type checker knows: the twin of `Bindings` in match.ts. */
type Bindings = object

export type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

type Bind<B extends Bindings, Name extends string, Value> = Name extends keyof B
  ? Same<B[Name], Value> extends true
    ? B
    : never
  : B & { readonly [K in Name]: Value }

type MatchDim<P, G, B extends Bindings> = P extends string
  ? Bind<B, P, G>
  : Same<P, G> extends true
    ? B
    : never

type MatchShape<P, G, B extends Bindings> = [B] extends [never]
  ? never
  : P extends readonly []
    ? G extends readonly []
      ? B
      : never
    : P extends readonly ['...', ...infer Trailing]
      ? MatchTrailing<Trailing, G, B>
      : [P, G] extends [readonly [infer First, ...infer Rest], readonly [infer Size, ...infer Sizes]]
        ? MatchShape<Rest, Sizes, MatchDim<First, Size, B>>
        : never

type MatchTrailing<P, G, B extends Bindings> = [B] extends [never]
  ? never
  : P extends readonly []
    ? Bind<B, '...', G>
    : [P, G] extends [readonly [...infer Rest, infer Last], readonly [...infer Sizes, infer Size]]
      ? MatchTrailing<Rest, Sizes, MatchDim<Last, Size, B>>
      : never

type MatchPattern<P, G, B extends Bindings> =
  P extends IntegerPattern<infer S>
    ? G extends IntegerPattern<infer T>
      ? MatchShape<S, T, B>
      : never
    : G extends IntegerPattern
      ? never
      : MatchShape<P, G, B>

type MatchNames<Names, P, G, B extends Bindings> = [B] extends [never]
  ? never
  : Names extends readonly [infer Name, ...infer Rest]
    ? Name extends keyof P & keyof G
      ? MatchNames<Rest, P, G, MatchPattern<P[Name], G[Name], B>>
      : never
    : B

type NoBindings = Record<never, never>

/** The bindings under which `Given` fits `T`, or never. */
export type Match<T, Given> = T extends Pattern
  ? Given extends Pattern
    ? MatchPattern<T, Given, NoBindings>
    : never
  : Given extends Pattern
    ? never
    : Same<keyof T, keyof Given> extends true
      ? MatchNames<SortedKeys<keyof T & string>, T, Given, NoBindings>
      : never

type SubstituteShape<P, B, Done extends Shape = readonly []> = P extends readonly [infer First, ...infer Rest]
  ? First extends keyof B
    ? SubstituteShape<
        Rest,
        B,
        First extends '...'
          ? B[First] extends infer Run extends Shape
            ? readonly [...Done, ...Run]
            : never
          : readonly [...Done, B[First] & (string | number)]
      >
    : SubstituteShape<Rest, B, readonly [...Done, First & (string | number)]>
  : Done

/** The pattern with every name replaced by what it stands for. */
export type Substitute<P, B> =
  P extends IntegerPattern<infer S> ? IntegerPattern<SubstituteShape<S, B>> : SubstituteShape<P, B>

type JoinDims<S> = S extends readonly [infer Only extends string | number]
  ? `${Only}`
  : S extends readonly [infer First extends string | number, ...infer Rest]
    ? `${First}, ${JoinDims<Rest>}`
    : ''

type ShowPattern<P> = P extends IntegerPattern<infer S> ? `int32 [${JoinDims<S>}]` : `[${JoinDims<P>}]`

type ShowNames<Names, T> = Names extends readonly [infer Name extends string & keyof T, ...infer Rest]
  ? Rest extends readonly []
    ? `${Name} ${ShowPattern<T[Name]>}`
    : `${Name} ${ShowPattern<T[Name]>}, ${ShowNames<Rest, T>}`
  : ''

/** How inputs are written in sentences: the twin of `showTakes`. */
export type ShowTakes<T> = T extends Pattern
  ? ShowPattern<T>
  : [keyof T] extends [never]
    ? 'nothing'
    : ShowNames<SortedKeys<keyof T & string>, T>

/** Whether a type is one of several. */
export type IsUnion<T, U = T> = T extends unknown ? ([U] extends [T] ? false : true) : never

/** Whether a size or name is not one literal. */
export type LooseDim<D> = number extends D ? true : string extends D ? true : IsUnion<D>

type LooseShape<S> = S extends readonly [infer First, ...infer Rest]
  ? LooseDim<First> extends true
    ? true
    : LooseShape<Rest>
  : S extends readonly []
    ? false
    : true

type LoosePattern<P> = P extends IntegerPattern<infer S> ? LooseShape<S> : LooseShape<P>

/** Whether some size is not one literal, so that the type checker cannot compare it. */
export type Loose<T> = T extends Pattern
  ? LoosePattern<T>
  : T extends PatternRecord
    ? true extends { [K in keyof T]: LoosePattern<T[K]> }[keyof T]
      ? true
      : false
    : true
