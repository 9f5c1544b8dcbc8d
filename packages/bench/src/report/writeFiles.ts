import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes files into a folder, each beside its place and then moved there, so that none is ever half written. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): readonly string[] {
  mkdirSync(folder, { recursive: true })
  return Object.entries(files).map(([name, text]) => {
    const path = join(folder, name)
    writeFileSync(`${path}.part`, text)
    renameSync(`${path}.part`, path)
    return path
  })
}
