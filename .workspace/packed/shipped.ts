import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path'
import { isTestCode } from '../dist.mjs'
import { readManifest } from './tarballs.ts'

/** The files of an installed package, without those of packages installed below it. */
export const shippedFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.startsWith('node_modules/') && statSync(join(folder, file)).isFile())

const expected =
  /^(?:package\.json|README\.md|CHANGELOG\.md|LICENSE|dist\/.*\.(?:m?js|d\.ts)|bundle\/.*\.m?js)$/

/** What is shipped and should not be, and what should be and is not. */
export function wrongFiles(folder: string): readonly string[] {
  const files = shippedFiles(folder)
  const missing = [
    'package.json',
    'README.md',
    'LICENSE',
    'dist/index.js',
    'dist/index.d.ts',
    'bundle/index.js',
  ]
  return [
    ...files
      .filter((file) => !expected.test(file) || isTestCode(file))
      .map((file) => `${file} should not be shipped`),
    ...missing.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
  ]
}

const imported = /(?<!['"])(?:\bfrom|\bimport)\s*\(?\s*(['"])(?<specifier>[^'"\n]+)\1/g

/** The text without its comments, whose examples import what the package itself does not. */
const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

function resolves(folder: string, file: string, specifier: string): boolean {
  if (specifier.startsWith('.')) {
    const target = join(folder, dirname(file), specifier)
    const declaration = target.replace(/\.js$/, '.d.ts')
    return target.endsWith('.js') && existsSync(file.endsWith('.d.ts') ? declaration : target)
  }
  const { name, imports = {}, dependencies = {}, peerDependencies = {} } = readManifest(folder)
  if (specifier.startsWith('#'))
    return Object.keys(imports).some((key) => specifier.startsWith(key.replace(/\*$/, '')))
  if (specifier.startsWith('node:')) return builtinModules.includes(specifier.slice('node:'.length))
  const owner = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  return owner === name || Object.hasOwn(dependencies, owner) || Object.hasOwn(peerDependencies, owner)
}

/** The imports of shipped code and declarations that lead to nothing that is shipped or depended upon. */
export const danglingImports = (folder: string): readonly string[] =>
  shippedFiles(folder)
    .filter((file) => /\.(?:js|d\.ts)$/.test(file))
    .flatMap((file) => {
      const text = withoutComments(readFileSync(join(folder, file), 'utf8'))
      return [...text.matchAll(imported)]
        .map(({ groups }) => groups?.['specifier'] ?? '')
        .filter((specifier) => !resolves(folder, file, specifier))
        .map((specifier) => `${file} imports '${specifier}', which is not there`)
    })

/** The files that name a source map. */
export const sourceMapped = (folder: string): readonly string[] =>
  shippedFiles(folder).filter((file) =>
    /^\/\/# sourceMappingURL=/m.test(readFileSync(join(folder, file), 'utf8')),
  )
