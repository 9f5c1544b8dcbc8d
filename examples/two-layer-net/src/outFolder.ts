import { lstat, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import * as E from '#fp/Either'
import { refuse, type Failure } from './failure.ts'
import { makeFolder } from './report/makeFolder.ts'

const codeOf = (thrown: unknown): string => String((thrown as { readonly code?: unknown }).code)

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'it may not be written to',
  EPERM: 'it may not be written to',
  EROFS: 'it is read-only',
  ENOENT: 'it has no room for files',
  ENOSPC: 'its disk is full',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead nowhere',
}

const reason = (code: string): string => reasons[code] ?? `it cannot be used (${code})`

/** What a path is: `'nothing'`, `'folder'`, `'other'`, or why that is not to be known. */
async function kindOf(path: string): Promise<'nothing' | 'folder' | 'other' | { readonly reason: string }> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'other'
  } catch (thrown) {
    const code = codeOf(thrown)
    if (code !== 'ENOENT' && code !== 'ENOTDIR') return { reason: reason(code) }
    const link = await lstat(path).catch(() => undefined)
    return link === undefined ? 'nothing' : { reason: 'it is a link to nothing' }
  }
}

/** Makes folders and a file as the report will, within a folder of its own that is then taken away with them. */
async function rehearse(existing: string, missing: string): Promise<string | undefined> {
  let own: string | undefined
  try {
    own = await mkdtemp(join(existing, '.report-'))
    const folder = join(own, missing)
    await makeFolder(folder)
    await writeFile(join(folder, 'report.html'), '')
    return undefined
  } catch (thrown) {
    return reason(codeOf(thrown))
  } finally {
    if (own !== undefined) await rm(own, { recursive: true, force: true })
  }
}

/**
 * Refuses, before anything is trained, a folder that no report can be written to.
 *
 * Permissions do not tell all, least of all to root, so the writing is tried beside; the folder itself is not made.
 */
export async function checkOut(path: string): Promise<E.Either<Failure, void>> {
  const refused = (why: string) => refuse(`--out ${path}: ${why}; name another folder`)
  for (let place = path; ; place = dirname(place)) {
    const kind = await kindOf(place)
    const name = place === path ? '' : `${place}: `
    if (kind === 'other') return refused(`${place} is a file, not a folder`)
    if (typeof kind === 'object') return refused(`${name}${kind.reason}`)
    if (kind === 'nothing' && place !== dirname(place)) continue
    for (const file of place === path ? ['report.html', 'report.json'] : [])
      if ((await kindOf(join(path, file))) === 'folder') return refused(`it holds a folder called ${file}`)
    const failed = await rehearse(place, relative(place, path))
    return failed === undefined ? E.right(undefined) : refused(`${name}${failed}`)
  }
}
