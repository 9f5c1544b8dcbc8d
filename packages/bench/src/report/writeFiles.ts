import { accessSync, constants, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Makes a folder, if it is not there; the sentence that says why nothing can be written into it, if so. */
export function objectionTo(folder: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return undefined
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return `--out: '${folder}' is not a folder that can be written to (${code})`
  }
}

/** Writes files into a folder that is there, each beside its place and then moved there, so that none is ever half written. */
export const writeFiles = (folder: string, files: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(files).map(([name, text]) => {
    const path = join(folder, name)
    writeFileSync(`${path}.part`, text)
    renameSync(`${path}.part`, path)
    return path
  })
