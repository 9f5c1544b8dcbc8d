// What `tsc --build` leaves to be done in the `dist` of a package.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Whether a file, source or emitted, serves the tests alone and is not shipped: the `exclude` of each package's
 * tsconfig.build.json says the same.
 *
 * @param {string} path
 */
export const isTestCode = (path) =>
  /(?:^|[\\/])testing[\\/]|\.(?:test|typetest|arbitrary|fixture)\.[^\\/]+$/.test(path)

const emitted = /\.(?:js|d\.ts)(?:\.map)?$/

/** @param {string} folder */
const filesOf = (folder) =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []

/**
 * Removes from `dist` every emitted file whose source, in `src`, no longer exists or is not shipped: the compiler
 * keeps what it once made, and packed or imported it would be a lie.
 *
 * @param {string} folder the folder of a package
 */
export function removeStale(folder) {
  for (const file of filesOf(join(folder, 'dist')))
    if (emitted.test(file)) {
      const source = join(folder, 'src', file.replace(emitted, '.ts'))
      if (isTestCode(file) || !existsSync(source)) rmSync(join(folder, 'dist', file))
    }
}

const specifier = /((?:\bfrom|\bimport)\s*\(?\s*)(['"])(\.\.?\/[^'"\n]+)\.ts\2/g

/**
 * Makes the declarations import each other by `.js`: the compiler rewrites the extension in the code only, and
 * the `.ts` files are not shipped.
 *
 * @param {string} folder the folder of a package
 */
export function rewriteDeclarations(folder) {
  for (const file of filesOf(join(folder, 'dist')).filter((name) => name.endsWith('.d.ts'))) {
    const path = join(folder, 'dist', file)
    const text = readFileSync(path, 'utf8')
    const rewritten = text.replaceAll(specifier, '$1$2$3.js$2')
    if (rewritten !== text) writeFileSync(path, rewritten)
  }
}
