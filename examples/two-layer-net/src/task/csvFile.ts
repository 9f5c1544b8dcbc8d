import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from '#fp/Either'
import { quote } from '../arguments/quote.ts'
import { refuse, type Failure } from '../failure.ts'

const isCsv = (name: string): boolean => /\.csv(?:\.gz)?$/i.test(name)

const unreadable = (path: string, thrown: unknown): E.Either<Failure, never> => {
  const { code } = thrown as { readonly code?: unknown }
  return code === 'ENOENT'
    ? refuse(`there is nothing at ${path}; name a CSV file, or a folder that holds one, with --dir`)
    : refuse(`${path} cannot be read (${String(code)}); name another file or folder with --dir`)
}

/** The one CSV file that a path means: the file itself, or the only one in the folder. */
export async function csvFile(path: string): Promise<E.Either<Failure, string>> {
  try {
    if (!(await stat(path)).isDirectory()) return E.right(path)
    const names = (await readdir(path)).filter(isCsv).toSorted()
    const [first, second] = names
    if (first === undefined) return refuse(`there is no .csv file in ${path}; name one with --dir`)
    if (second !== undefined)
      return refuse(
        `there are ${names.length} CSV files in ${path}, ${quote(first)} and ${quote(second)} among them; name one of them with --dir`,
      )
    return E.right(join(path, first))
  } catch (thrown) {
    return unreadable(path, thrown)
  }
}
