// Type checkers do not promise an order for the members of a union, so names are put in alphabetical (UTF-16) order,
// the order in which sentences list them at run time too. Characters outside this list sort after it.
type Order = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'

type Before<A extends string, B extends string> = A extends ''
  ? true
  : A extends `${infer AHead}${infer ATail}`
    ? B extends `${infer BHead}${infer BTail}`
      ? AHead extends BHead
        ? Before<ATail, BTail>
        : Order extends `${string}${AHead}${string}${BHead}${string}`
          ? true
          : false
      : false
    : false

type Insert<Name extends string, Names extends readonly string[]> = Names extends readonly [
  infer First extends string,
  ...infer Rest extends readonly string[],
]
  ? Before<Name, First> extends true
    ? readonly [Name, ...Names]
    : readonly [First, ...Insert<Name, Rest>]
  : readonly [Name]

type LastMember<U> = (U extends unknown ? (x: () => U) => void : never) extends (x: infer I) => void
  ? I extends () => infer Last
    ? Last
    : never
  : never

/** The members of a union of names as a tuple in alphabetical order. */
export type SortedKeys<Names extends string, Sorted extends readonly string[] = readonly []> = [
  Names,
] extends [never]
  ? Sorted
  : LastMember<Names> extends infer Last extends Names
    ? SortedKeys<Exclude<Names, Last>, Insert<Last, Sorted>>
    : Sorted
