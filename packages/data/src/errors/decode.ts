import * as E from '#fp/Either'
import type * as t from '#io'
import type { Fault } from './dataError.ts'
import { quote } from './quote.ts'

/**
 * A header decoded by its codec; the fault names the first field that is wrong, what the codec of that field is
 * called, and the value, truncated (the reporter of io-ts prints all of it, which can be megabytes).
 */
export function decodeHeader<A>(codec: t.Decoder<unknown, A>, header: unknown): E.Either<Fault, A> {
  const decoded = codec.decode(header)
  if (E.isRight(decoded)) return decoded
  const context = decoded.left[0]?.context ?? []
  const path = context.map(({ key }) => key).filter((key) => key !== '')
  const { type, actual } = context.at(-1) ?? {}
  return E.left({
    kind: 'header',
    at: path.length === 0 ? 'header' : `header, ${path.join('.')}`,
    expected: type?.name ?? codec.name,
    found:
      typeof actual === 'string' ? quote(actual) : quote(JSON.stringify(actual) ?? 'nothing').slice(1, -1),
  })
}
