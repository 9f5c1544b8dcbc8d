import type { Shape } from '../tensor/shape.ts'
import { maximumRank, showShape } from '../tensor/shape.ts'
import { isName } from './names.ts'

/** The pattern of an int32 tensor, such as labels: it has a shape but no gradient. */
export interface IntegerPattern<S extends Shape = Shape> {
  readonly dtype: 'int32'
  readonly shape: S
}

/**
 * The pattern of one tensor: sizes as numbers, names for sizes that any number may take (the same one wherever the
 * name recurs), `'...'` for any number of dimensions. A bare list is a float tensor; `int32(...)` an int32 one.
 */
export type Pattern = Shape | IntegerPattern

/** The patterns of several inputs by name. */
export interface PatternRecord {
  readonly [input: string]: Pattern
}

/** What a layer takes: the pattern of its one input, or those of its several inputs by name. */
export type Takes = Pattern | PatternRecord

/**
 * The pattern of an int32 tensor.
 *
 * @example
 * int32('N').shape // => ['N']
 */
export const int32 = <const S extends Shape>(...shape: S): IntegerPattern<S> => ({ dtype: 'int32', shape })

export const isShape = (takes: Takes): takes is Shape => Array.isArray(takes)

export const isIntegerPattern = (takes: Takes): takes is IntegerPattern =>
  !isShape(takes) && takes['dtype'] === 'int32'

export const isPattern = (takes: Takes): takes is Pattern => isShape(takes) || isIntegerPattern(takes)

/** The shape of a pattern, whatever its dtype. */
export const shapeOf = (pattern: Pattern): Shape => (isShape(pattern) ? pattern : pattern.shape)

/** The sentence for a pattern that no tensor can have; undefined for one that makes sense. */
export function patternSentence(pattern: Pattern): string | undefined {
  const shape = shapeOf(pattern)
  const wrong = shape.find((size) =>
    typeof size === 'number' ? !Number.isSafeInteger(size) || size < 0 : size !== '...' && !isName(size),
  )
  if (wrong !== undefined)
    return `'${wrong}' in ${showShape(shape)} is neither a size, a non-negative integer, nor a name for one`
  if (shape.filter((size) => size === '...').length > 1)
    return `'...' stands more than once in ${showShape(shape)}`
  return shape.length > maximumRank
    ? `${showShape(shape)} has ${shape.length} dimensions, and a tensor at most ${maximumRank}`
    : undefined
}

const showPattern = (pattern: Pattern): string =>
  isShape(pattern) ? showShape(pattern) : `int32 ${showShape(pattern.shape)}`

/** How inputs are written in sentences: `[N, 50]`, or by name in alphabetical order: `a [N, 3], b int32 [N]`. */
export const showTakes = (takes: Takes): string =>
  isPattern(takes)
    ? showPattern(takes)
    : Object.keys(takes)
        .toSorted()
        .map((name) => `${name} ${showPattern(takes[name] ?? [])}`)
        .join(', ') || 'nothing'
