import { left, right, type Either } from '#fp/Either'
import { excerpt, shorten } from './excerpt.ts'
import { showPath, type JsonPath } from './jsonPath.ts'

/** Why a spec cannot be read. */
export interface SpecError {
  /** Where in the spec: `net.nodes[2].layer.kind`, or, in text that is not JSON, `line 3, column 7`; `''` is the whole. */
  readonly path: string
  /** One short sentence, headed by the path, with the offending value truncated. */
  readonly message: string
}

const longest = 600

/** The error of a sentence about a place. */
export function specError(place: string, sentence: string): SpecError {
  const short = shorten(sentence, longest)
  return { path: place, message: place === '' ? `the spec ${short}` : `${place}: ${short}` }
}

/** The failure with a sentence about a place in JSON data. */
export const refuse = (path: JsonPath, sentence: string): Either<SpecError, never> =>
  left(specError(showPath(path), sentence))

/** The failure of a value that is not what it should be; a hint may follow. */
export const refuseValue = (
  path: JsonPath,
  wanted: string,
  value: unknown,
  hint = '',
): Either<SpecError, never> =>
  refuse(
    path,
    value === undefined
      ? `is missing; it should be ${wanted}${hint}`
      : `should be ${wanted}, not ${excerpt(value)}${hint}`,
  )

/** What `compute` gives; if it throws, the failure with the sentence of what it threw. */
export function guarded<A>(path: JsonPath, compute: () => Either<SpecError, A>): Either<SpecError, A> {
  try {
    return compute()
  } catch (thrown) {
    return refuse(path, sentenceOf(thrown))
  }
}

/** The same for what can go wrong in no other way than by throwing. */
export const attempt = <A>(path: JsonPath, compute: () => A): Either<SpecError, A> =>
  guarded(path, () => right(compute()))

function sentenceOf(thrown: unknown): string {
  try {
    if (!(thrown instanceof Error)) return `cannot be read: ${excerpt(thrown)} was thrown`
    const { message } = thrown
    if (typeof message !== 'string' || message === '') return 'cannot be read'
    return /call stack|recursion/i.test(message) ? 'is too large or too deeply nested' : message
  } catch {
    return 'cannot be read'
  }
}
