import { posix } from 'node:path'
import { isTestCode } from '../dist.mjs'
import type { File } from './tracked.ts'

/** Whom each package may know; the arrows point one way, and core knows nobody. Examples may know all. */
const known: Readonly<Record<string, readonly string[]>> = {
  core: [],
  laws: ['core'],
  train: ['core'],
  data: ['core'],
  wasm: ['core'],
  blas: ['core', 'wasm'],
  bench: ['core', 'laws', 'train', 'data', 'wasm', 'blas'],
}

/** The packages that run in a browser as well. */
const portable = new Set(['core', 'laws', 'train', 'wasm'])

const imported = /(?:^|[^\w.])(?:from|import)\s*\(?\s*(['"])(?<specifier>[^'"\n]+)\1/g

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

/** Why a file may not import this, or undefined if it may. */
function objection(path: string, specifier: string): string | undefined {
  const [parent = '', name = ''] = path.split('/')
  const owner = `${parent}/${name}`
  const isTest = isTestCode(path)
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(path), specifier)
    const isOwn = target.startsWith(`${owner}/src/`) || (isTest && target.startsWith(`${owner}/test/`))
    return isOwn ? undefined : 'leads out of its package: import it by name'
  }
  if (/^(?:fp|io)-ts(?:\/|$)/.test(specifier))
    return "crashes in plain Node: import it through the map, '#fp/..' or '#io'"
  const [scope, other = '', ...below] = specifier.split('/')
  if (scope === '@pullback') {
    if (below.length > 0) return 'is a path into a package: import the package by its name'
    const allowed = parent === 'examples' || isTest || known[name]?.includes(other) === true
    return allowed ? undefined : `is not for ${name} to know`
  }
  const isCommand = path.startsWith(`${owner}/src/cli/`)
  if (specifier.startsWith('node:') && parent === 'packages' && portable.has(name) && !isTest && !isCommand)
    return `exists in Node only, and ${name} runs in browsers`
  return undefined
}

/** The imports of the sources that cross a border of the house, each with the reason. */
export const crossedBorders = (files: readonly File[]): readonly string[] =>
  files
    .filter(({ path }) => /^(?:packages|examples)\/[^/]+\/src\/.*\.ts$/.test(path))
    .flatMap(({ path, text }) =>
      [...withoutComments(text).matchAll(imported)].flatMap(({ groups }) => {
        const specifier = groups?.['specifier'] ?? ''
        const reason = objection(path, specifier)
        return reason === undefined ? [] : [`${path}: '${specifier}' ${reason}`]
      }),
    )
