import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pnpm, root, workspaceFolders } from '../setup.mjs'

export interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly imports?: Readonly<Record<string, unknown>>
  readonly exports?: unknown
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

export interface Tarball {
  readonly name: string
  readonly file: string
}

export const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

/** Packs every public package into a folder, as it would be published. */
export function packAll(destination: string): readonly Tarball[] {
  return workspaceFolders()
    .map((folder) => join(root, folder))
    .filter((folder) => readManifest(folder).private !== true)
    .map((cwd) => {
      const { ok, stdout, output } = pnpm(['pack', '--json', '--pack-destination', destination], {
        capture: true,
        cwd,
      })
      if (!ok) throw new Error(`pnpm could not pack ${cwd}:\n${output}`)
      const { name, filename } = JSON.parse(stdout) as { name: string; filename: string }
      return { name, file: filename }
    })
}
