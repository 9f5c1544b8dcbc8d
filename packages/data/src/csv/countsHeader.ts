import type * as E from '#fp/Either'
import * as t from '#io'
import type { Fault } from '../errors/dataError.ts'
import { decodeHeader } from '../errors/decode.ts'
import { isWholeNumber } from './number.ts'

const count = (name: string, least: number): t.Type<number> =>
  new t.Type(
    name,
    t.number.is,
    (value, context) =>
      typeof value === 'string' && isWholeNumber(value) && Number(value) >= least
        ? t.success(Number(value))
        : t.failure(value, context),
    t.identity,
  )

const different = new t.Type<readonly string[]>(
  'class names that differ from each other',
  t.array(t.string).is,
  (value, context) =>
    Array.isArray(value) && new Set(value).size === value.length && !value.includes('')
      ? t.success(value as readonly string[])
      : t.failure(value, context),
  t.identity,
)

const codec = t.strict({
  rows: count('a number of rows', 0),
  features: count('a number of features, 1 or more', 1),
  classes: different,
})

/** The first line of scikit-learn's files: number of rows, number of features, class names. */
export type CountsHeader = t.TypeOf<typeof codec>

export const decodeCounts = ([rows, features, ...classes]: readonly string[]): E.Either<
  Fault,
  CountsHeader
> => decodeHeader(codec, { rows, features, classes })
