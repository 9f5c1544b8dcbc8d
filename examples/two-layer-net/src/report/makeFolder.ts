import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() === true

/**
 * Makes a folder and those above it, from the top down, unless they are there.
 *
 * `mkdir` of Node, asked to do the same, tries for ever where a file system has no room for folders, as in /proc.
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return
  if (path !== dirname(path)) await makeFolder(dirname(path))
  try {
    await mkdir(path)
  } catch (thrown) {
    // Somebody else may have been faster.
    if (!(await isFolder(path))) throw thrown
  }
}
