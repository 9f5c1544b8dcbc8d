// Sums of literal sizes for the type checker, digit by digit as on paper, so that no size is too large.

type Digits = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

/** A tuple of N elements, N below 20. */
type Count<N extends number, T extends readonly unknown[] = readonly []> = T['length'] extends N
  ? T
  : Count<N, readonly [...T, unknown]>

type ToNumber<S> = S extends `${infer N extends number}` ? N : never

type DigitSum<A extends string, B extends string, Carry extends string> = [
  ...Count<ToNumber<A>>,
  ...Count<ToNumber<B>>,
  ...Count<ToNumber<Carry>>,
]['length'] extends infer N extends number
  ? `${N}` extends `1${infer Digit extends Digits}`
    ? readonly ['1', Digit]
    : readonly ['0', `${N}`]
  : never

type SplitLast<S extends string, Before extends string = ''> = S extends `${infer Only extends Digits}`
  ? readonly [Before, Only]
  : S extends `${infer First}${infer Rest}`
    ? SplitLast<Rest, `${Before}${First}`>
    : readonly ['', '0']

type AddDigits<
  A extends string,
  B extends string,
  Carry extends string = '0',
  Done extends string = '',
> = `${A}${B}` extends ''
  ? Carry extends '0'
    ? Done
    : `1${Done}`
  : [SplitLast<A>, SplitLast<B>] extends [
        readonly [infer ARest extends string, infer ADigit extends string],
        readonly [infer BRest extends string, infer BDigit extends string],
      ]
    ? DigitSum<ADigit, BDigit, Carry> extends readonly [infer Next extends string, infer Digit extends string]
      ? AddDigits<ARest, BRest, Next, `${Digit}${Done}`>
      : never
    : never

/** The sum of literal non-negative integers; `number` if one is not literal. */
export type Sum<Sizes extends readonly number[], Total extends string = '0'> = number extends Sizes[number]
  ? number
  : Sizes extends readonly [infer First extends number, ...infer Rest extends readonly number[]]
    ? AddDigits<Total, `${First}`> extends infer Next extends string
      ? Sum<Rest, Next>
      : never
    : ToNumber<Total>
