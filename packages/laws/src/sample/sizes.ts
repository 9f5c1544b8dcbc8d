import { isPattern, shapeOf, type Pattern, type ShapeRule, type Takes } from '@pullback/core'

/** What sizes are made of: small numbers that shrink towards 0, and whether all sizes are to be equal. */
export interface SizeChoice {
  readonly choices: readonly number[]
  readonly equal: boolean
}

/** The largest number among the choices. */
export const largestChoice = 15

const small = [1, 2, 3, 2, 3, 5, 4, 1, 2, 6]

const patternsOf = (takes: Takes): readonly Pattern[] => (isPattern(takes) ? [takes] : Object.values(takes))

const literals = (takes: Takes): readonly number[] =>
  patternsOf(takes)
    .flatMap((pattern) => shapeOf(pattern))
    .filter((size): size is number => typeof size === 'number' && size > 0 && size <= 8)

/** The name of the first axis of the inputs, along which examples lie; undefined if it has a fixed size. */
export function batchName(takes: Takes): string | undefined {
  const first = patternsOf(takes)
    .map((pattern) => shapeOf(pattern)[0])
    .find((size) => typeof size === 'string')
  return typeof first === 'string' ? first : undefined
}

/** A pattern with sizes in the place of names. */
const resolved = (pattern: Pattern, sizes: ReadonlyMap<string, readonly number[]>): Pattern => {
  const shape = shapeOf(pattern).flatMap((size) =>
    typeof size === 'string' ? (sizes.get(size) ?? [1]) : [size],
  )
  return Array.isArray(pattern) ? shape : { dtype: 'int32', shape }
}

/** Patterns with sizes in the place of names, each name the same wherever it recurs. */
const substituted = (takes: Takes, sizes: ReadonlyMap<string, readonly number[]>): Takes =>
  isPattern(takes)
    ? resolved(takes, sizes)
    : Object.fromEntries(Object.entries(takes).map(([name, pattern]) => [name, resolved(pattern, sizes)]))

const namesOf = (takes: Takes): readonly string[] => [
  ...new Set(
    patternsOf(takes)
      .flatMap((pattern) => shapeOf(pattern))
      .filter((size): size is string => typeof size === 'string'),
  ),
]

function attempt(takes: Takes, { choices, equal }: SizeChoice, round: number): Takes {
  const fixed = literals(takes)
  const batch = batchName(takes)
  let position = 0
  const next = (): number => {
    const choice = (choices[position % Math.max(choices.length, 1)] ?? 0) + round * (2 * position + 1)
    position += 1
    return choice % (largestChoice + 1)
  }
  const sizeOf = (choice: number, mayBeEmpty: boolean): number => {
    if (choice === largestChoice) return mayBeEmpty ? 0 : 1
    return small[choice] ?? fixed[choice % Math.max(fixed.length, 1)] ?? (choice % 3) + 1
  }
  const same = equal ? (fixed[next() % Math.max(fixed.length, 1)] ?? sizeOf(next() % 8, false)) : undefined
  const sizes = new Map<string, readonly number[]>()
  for (const name of namesOf(takes))
    if (name === '...') {
      const rank = [2, 1, 2, 0, 3, 2, 1, 2][next() % 8] ?? 2
      sizes.set(
        name,
        Array.from({ length: rank }, (_, axis) =>
          same === undefined || rank > 2 ? sizeOf(rank > 2 ? next() % 5 : next(), axis === 0) : same,
        ),
      )
    } else sizes.set(name, [same ?? sizeOf(next(), name === batch)])
  return substituted(takes, sizes)
}

/**
 * Sizes for what a layer takes, its own rule allowing them; a rule that needs arithmetic, such as that of a convolution,
 * refuses some, and others are tried.
 *
 * @param takes the patterns, with names for free sizes and `'...'` for any rank from 0 to 3
 * @throws TypeError if no sizes fit
 */
export function sizesFor(rule: ShapeRule, takes: Takes, choice: SizeChoice): Takes {
  for (let round = 0; round < 64; round++) {
    const sizes = attempt(takes, choice, round)
    if (rule.apply(sizes)._tag === 'Right') return sizes
  }
  throw new TypeError(
    `${rule.title}: found no sizes that fit its rule; give them with { layer, takes: [...] } in the place of the layer`,
  )
}

/** Whether the first axis of a tensor of this shape is that of the batch of this name. */
export const hasBatch = (pattern: Pattern | undefined, batch: string, shape: Pattern): boolean =>
  pattern !== undefined &&
  shapeOf(pattern)[0] === batch &&
  // '...' may stand for no axis at all.
  shapeOf(shape).length >= shapeOf(pattern).length

/** The same shapes with `size` examples: the first axis of every input whose pattern begins with the name of the batch. */
export function withBatch(takes: Takes, shapes: Takes, size: number): Takes {
  const batch = batchName(takes)
  if (batch === undefined) return shapes
  const change = (pattern: Pattern | undefined, shape: Pattern): Pattern => {
    if (!hasBatch(pattern, batch, shape)) return shape
    const sizes = [size, ...shapeOf(shape).slice(1)]
    return Array.isArray(shape) ? sizes : { dtype: 'int32', shape: sizes }
  }
  if (isPattern(takes) || isPattern(shapes))
    return isPattern(takes) && isPattern(shapes) ? change(takes, shapes) : shapes
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, change(takes[name], shape)]))
}
