// Bundles what packages have for Node, of what `tsc --build` has made: two hundred files take Node ten times as long to
// load as one. Browsers, and what bundles for them, are given the files, of which it can leave out what is not used.
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import { root, workspaceFolders } from './setup.mjs'

const place = './bundle/'

/**
 * The paths below `bundle` that a manifest names, in its exports and commands.
 *
 * @param {unknown} value
 * @returns {string[]}
 */
const bundledIn = (value) => {
  if (typeof value === 'string') return value.startsWith(place) ? [value.slice(place.length)] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(bundledIn) : []
}

const besides = /new URL\((['"])\.\/(?<name>[^'"/]+)\1, import\.meta\.url\)/g

/** Files that code finds by where it is itself are put beside the bundle. */
const filesBeside = {
  name: 'files-beside',
  /**
   * @this {{ emitFile: (file: { type: 'asset', fileName: string, source: string }) => void }}
   * @param {string} code
   * @param {string} id
   */
  transform(code, id) {
    for (const { groups } of code.matchAll(besides)) {
      const fileName = groups?.['name'] ?? ''
      this.emitFile({ type: 'asset', fileName, source: readFileSync(join(dirname(id), fileName), 'utf8') })
    }
  },
}

/**
 * Bundles one package, if its manifest names a bundle.
 *
 * @param {string} folder
 */
export async function bundle(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const files = new Set(bundledIn([manifest.exports, manifest.bin, manifest.publishConfig]))
  if (files.size === 0) return
  const build = await rolldown({
    input: Object.fromEntries(
      [...files].map((file) => [file.replace(/\.js$/, ''), join(folder, 'dist', file)]),
    ),
    platform: 'node',
    // Other packages stay packages, which all of a program share.
    external: /^[^./]/,
    plugins: [filesBeside],
  })
  const { output } = await build.write({
    dir: join(folder, 'bundle'),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'shared.js',
    comments: false,
  })
  await build.close()
  const written = new Set(output.map(({ fileName }) => fileName))
  for (const entry of readdirSync(join(folder, 'bundle'), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const file = relative(join(folder, 'bundle'), path).replaceAll('\\', '/')
    if (entry.isFile() && !written.has(file)) rmSync(path)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const folder of workspaceFolders().map((name) => join(root, name)))
    if (existsSync(join(folder, 'dist'))) await bundle(folder)
