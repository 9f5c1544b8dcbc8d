import type * as Files from 'node:fs'
import type * as Paths from 'node:path'
import { builtin } from './builtin.ts'

/** The file system and the arithmetic of paths, or undefined in a browser. */
export function fileSystem(): { fs: typeof Files; path: typeof Paths } | undefined {
  const fs = builtin('node:fs')
  const path = builtin('node:path')
  return fs === undefined || path === undefined ? undefined : { fs, path }
}

/** The whole path of a file for a sentence; as it is in a browser, or where the working folder is gone. */
export function wholePath(path: string): string {
  try {
    return fileSystem()?.path.resolve(path) ?? path
  } catch {
    return path
  }
}
