import * as TE from '#fp/TaskEither'
import { dataError, type DataError } from '../errors/dataError.ts'
import { quoteList } from '../errors/quote.ts'
import { fileSystem, wholePath } from '../source/fileSystem.ts'
import { readFault } from '../source/readFault.ts'

/** The names in a folder, and which of them are folders. */
export interface Folder {
  readonly path: string
  readonly files: ReadonlySet<string>
}

/**
 * The files of a folder (in Node).
 *
 * @param remedy what to do if there is no such folder
 */
export const listFolder =
  (path: string, remedy: string): TE.TaskEither<DataError, Folder> =>
  async () => {
    const host = fileSystem()
    if (host === undefined) return TE.left(dataError(path, readFault({ code: 'ENOSYS' })))()
    const looked = wholePath(path)
    try {
      const entries = await host.fs.promises.readdir(path, { withFileTypes: true })
      const files = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name)
      return await TE.right({ path, files: new Set(files) })()
    } catch (thrown) {
      const { code } = thrown as { readonly code?: unknown }
      const wrong = { expected: 'a folder', remedy } as const
      if (code === 'ENOENT')
        return TE.left(dataError(path, { ...wrong, kind: 'missing', found: `nothing at ${looked}` }))()
      if (code === 'ENOTDIR')
        return TE.left(dataError(path, { ...wrong, kind: 'unreadable', found: `a file at ${looked}` }))()
      return TE.left(dataError(path, readFault(thrown)))()
    }
  }

/** Each name as it is and with `.gz`, the one that needs no decompression first. */
export const orGzipped = (names: readonly string[]): readonly string[] =>
  names.flatMap((name) => [name, `${name}.gz`])

/**
 * The path of the first of several names that a folder has.
 *
 * @param remedy what to do if it has none
 */
export function findFile(
  folder: Folder,
  names: readonly string[],
  remedy: string,
): TE.TaskEither<DataError, string> {
  const found = names.find((name) => folder.files.has(name))
  const path = fileSystem()?.path
  if (found !== undefined && path !== undefined) return TE.right(path.join(folder.path, found))
  return TE.left(
    dataError(names[0] ?? 'file', {
      kind: 'missing',
      expected: names.length > 1 ? `one of ${quoteList(names)}` : `a file ${quoteList(names)}`,
      found: `none in ${wholePath(folder.path)}`,
      remedy,
    }),
  )
}
