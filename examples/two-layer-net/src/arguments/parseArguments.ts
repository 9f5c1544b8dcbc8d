import * as E from '#fp/Either'
import { pipe } from '#fp/function'
import type * as t from '#io'
import { refuse, type Failure } from '../failure.ts'
import { optionsCodec, type Options } from './options.ts'
import { quote } from './quote.ts'
import { tokensOf } from './tokens.ts'

/** What a command line asks for. */
export type Request = { readonly form: 'help' } | { readonly form: 'train'; readonly options: Options }

/** The sentence for the first value that its codec refuses. */
function describe([error]: t.Errors): string {
  const { key = '', type, actual } = error?.context.at(-1) ?? {}
  const given = typeof actual === 'string' && actual !== '' ? quote(actual) : 'an empty text'
  return `--${key} takes ${type?.name ?? 'something else'}, not ${given}`
}

/** Options that cannot go together, with the reason. */
function conflict(options: Options): string | undefined {
  const { data = 'spirals', dir, spec, hidden } = options
  if (dir !== undefined && (data === 'spirals' || data === 'moons'))
    return `--dir has no meaning for ${data}, which are generated; name the data of the folder with --data`
  if (dir === undefined && data === 'csv')
    return '--data csv needs --dir, the path of a CSV file or of a folder that holds one'
  if (spec !== undefined && hidden !== undefined)
    return '--hidden has no meaning beside --spec, which says itself how wide its layers are'
  return undefined
}

/** The wish of a command line, decoded; or one sentence about what is wrong with it. */
export const parseArguments = (argv: readonly string[]): E.Either<Failure, Request> =>
  pipe(
    tokensOf(argv),
    E.flatMap((tokens): E.Either<Failure, Request> => {
      if (tokens.form === 'help') return E.right(tokens)
      const decoded = optionsCodec.decode(tokens.texts)
      if (E.isLeft(decoded)) return refuse(describe(decoded.left))
      const wrong = conflict(decoded.right)
      return wrong === undefined ? E.right({ form: 'train', options: decoded.right }) : refuse(wrong)
    }),
  )
