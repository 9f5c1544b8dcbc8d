// `tsc --build` leaves behind what it made of sources that are gone; packed or imported, that would be a lie.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const emitted = /\.(?:js|d\.ts)(?:\.map)?$/

/**
 * Removes from `dist` every emitted file whose source, in `src`, no longer exists.
 *
 * @param {string} folder the folder of a package
 */
export function removeStale(folder) {
  const dist = join(folder, 'dist')
  if (!existsSync(dist)) return
  for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' }))
    if (emitted.test(file) && !existsSync(join(folder, 'src', file.replace(emitted, '.ts'))))
      rmSync(join(dist, file))
}
