import * as E from '#fp/Either'
import type { TaskEither } from '#fp/TaskEither'
import * as t from '#io'
import type { DataError, Fault } from '../errors/dataError.ts'
import { decodeHeader } from '../errors/decode.ts'
import { decodeSource, type Decoder } from '../source/decodeSource.ts'
import type { Input } from '../source/fileSource.ts'
import { utf8 } from '../source/utf8.ts'
import { cifar10Classes } from './decoder.ts'

const names = new t.Type<readonly string[]>(
  `${cifar10Classes} different class names, one a line`,
  t.array(t.string).is,
  (value, context) =>
    Array.isArray(value) && value.length === cifar10Classes && new Set(value).size === cifar10Classes
      ? t.success(value as readonly string[])
      : t.failure(value, context),
  t.identity,
)

/** More text than ten names take. */
const longest = 10_000

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

function classNamesDecoder(): Decoder<readonly string[]> {
  const decode = utf8()
  let text = ''
  const take = (chunk?: Uint8Array): Fault | undefined => {
    const piece = decode(chunk)
    if (E.isLeft(piece)) return piece.left
    text += piece.right
    return text.length <= longest
      ? undefined
      : { kind: 'header', expected: names.name, found: `more than ${longest} characters` }
  }
  return {
    take,
    end: () => {
      const fault = take()
      return fault === undefined ? decodeHeader(names, linesOf(text)) : E.left(fault)
    },
  }
}

/** Reads the names of the ten classes from `batches.meta.txt`, one a line; blank lines do not count. */
export const readClassNames = (input: Input): TaskEither<DataError, readonly string[]> =>
  decodeSource(input, classNamesDecoder)
