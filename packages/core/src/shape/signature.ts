import { left, right, type Either } from '#fp/Either'
import type { Dim } from '../tensor/shape.ts'
import { match, substitute } from './match.ts'
import type { Match, ShowTakes, Substitute } from './matchTypes.ts'
import { frozen } from './frozen.ts'
import { isPattern, patternSentence, showTakes, type Pattern, type Takes } from './pattern.ts'

/**
 * A function on shapes as the type checker runs it: intersected with `{ In: what is given }`, its `Out` is the pattern
 * that comes out, or a sentence that says why nothing does.
 */
export interface ShapeFunction {
  readonly In: unknown
  readonly Takes: Takes
  readonly Gives: Pattern
  readonly Out: unknown
}

/** The result of a function on shapes for what it is given. */
export type Apply<F extends ShapeFunction, Given> = (F & { readonly In: Given })['Out']

type Refusal<
  Title extends string,
  T,
  Given,
> = `${Title} takes ${ShowTakes<T>} but is given ${ShowTakes<Given>}`

/** The function on shapes of a signature: from what fits the pattern `T` to the pattern `G`. */
export interface Signature<Title extends string, T extends Takes, G extends Pattern> extends ShapeFunction {
  readonly Title: Title
  readonly Takes: T
  readonly Gives: G
  readonly Out: Match<T, this['In']> extends infer B
    ? [B] extends [never]
      ? Refusal<Title, T, this['In']>
      : Substitute<G, B>
    : never
}

declare const typed: unique symbol

/** A rule on shapes: what the program checks, and, as `F`, what the type checker does. */
export interface ShapeRule<F extends ShapeFunction = ShapeFunction> {
  /** How the layer is named in sentences: `affine(50, 10)`. */
  readonly title: string
  readonly takes: F['Takes']
  readonly gives: F['Gives']
  /** The pattern that comes out for what is given, or a sentence that says why nothing does. */
  readonly apply: (given: Takes) => Either<string, Pattern>
  readonly [typed]?: F
}

function checkPatterns(title: string, takes: Takes, gives: Pattern): void {
  const patterns = isPattern(takes) ? [takes] : Object.values(takes)
  for (const pattern of [...patterns, gives]) {
    const sentence = patternSentence(pattern)
    if (sentence !== undefined) throw new TypeError(`${title}: ${sentence}`)
  }
}

/** The sentence for what does not fit. */
export const refusal = (title: string, takes: Takes, given: Takes): string =>
  `${title} takes ${showTakes(takes)} but is given ${showTakes(given)}`

/**
 * A rule on shapes written once, as patterns that the type checker and the program both read.
 *
 * @param title how the layer is named in sentences
 * @param takes the pattern of the input, or of several inputs by name; strings are variables, `'...'` any dimensions
 * @param gives the pattern of the output, in the variables of `takes`
 * @example
 * const rule = signature('affine(50, 10)', ['N', 50], ['N', 10])
 * rule.apply(['N', 49]) // => { _tag: 'Left', left: 'affine(50, 10) takes [N, 50] but is given [N, 49]' }
 * rule.apply([7, 50]) // => { _tag: 'Right', right: [7, 10] }
 */
export function signature<Title extends string, const T extends Takes, const G extends Pattern>(
  title: Title,
  takes: T,
  gives: G,
): ShapeRule<Signature<Title, T, G>> {
  checkPatterns(title, takes, gives)
  const apply = (given: Takes): Either<string, Pattern> => {
    const bindings = match(takes, given)
    return bindings === undefined ? left(refusal(title, takes, given)) : right(substitute(gives, bindings))
  }
  return Object.freeze({ title, takes: frozen(takes), gives: frozen(gives), apply })
}

/** The rule of a layer whose output has the shape of its input, whatever that is. */
export const sameShape = <Title extends string>(
  title: Title,
): ShapeRule<Signature<Title, readonly ['...'], readonly ['...']>> => signature(title, ['...'], ['...'])

/**
 * A rule that needs arithmetic: once what is given fits `takes`, `compute` works out what comes out of it.
 *
 * @param title how the layer is named in sentences
 * @param takes the pattern of the input, or of several inputs by name
 * @param gives the pattern of the output as far as it can be written without arithmetic
 * @param compute from the size that each name in `takes` stands for, the pattern of the output or a sentence that
 *   says why there is none
 * @typeParam F the same as the type checker runs it
 * @example
 * const halve = computed('halve', ['N', 'D'], ['N', 'half'], (size) => {
 *   const D = Number(size('D'))
 *   return D % 2 === 0
 *     ? { _tag: 'Right', right: [size('N'), D / 2] }
 *     : { _tag: 'Left', left: `halve takes an even size, not ${D}` }
 * })
 * halve.apply([5, 8]) // => { _tag: 'Right', right: [5, 4] }
 * halve.apply([5, 7]) // => { _tag: 'Left', left: 'halve takes an even size, not 7' }
 */
export function computed<F extends ShapeFunction = ShapeFunction>(
  title: string,
  takes: F['Takes'],
  gives: F['Gives'],
  compute: (size: (name: string) => Dim) => Either<string, Pattern>,
): ShapeRule<F> {
  checkPatterns(title, takes, gives)
  const apply = (given: Takes): Either<string, Pattern> => {
    const bindings = match(takes, given)
    if (bindings === undefined) return left(refusal(title, takes, given))
    return compute((name) => bindings.get(name)?.[0] ?? name)
  }
  return Object.freeze({ title, takes: frozen(takes), gives: frozen(gives), apply })
}
