import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fine, wrong, type Fallible } from './fallible.ts'

/** Makes a folder and those above it one by one: asked to make them all, Node never returns where none can be made. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}

/** Writes a file whole or not at all: beside it, to the disk, then renamed. */
export function writeFile(file: string, text: string, cwd: string): Fallible<undefined> {
  const path = resolve(cwd, file)
  const beside = `${path}.${process.pid}.tmp`
  try {
    makeFolder(dirname(path))
    const handle = openSync(beside, 'w')
    try {
      writeSync(handle, text)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(beside, path)
    return fine(undefined)
  } catch (error) {
    rmSync(beside, { force: true })
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return wrong(`${file} cannot be written${code}`)
  }
}
