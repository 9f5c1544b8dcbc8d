import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What a module exports, and which of it is erased: `type` names are imported as types. */
export type Exports = ReadonlyMap<string, 'value' | 'type'>

const declared =
  /^export (?:declare )?(?:abstract )?(?<kind>const|let|(?:async )?function\*?|class|enum|type|interface) (?<name>[\w$]+)/gm
const listed = /^export (?<type>type )?\{(?<names>[^}]*)\}/gm
const starred = /^export (?<type>type )?\* from '(?<from>\.[^']+)'/gm

/** The exports of a module, read from its text; `export *` is followed. */
export function exportsOf(file: string): Exports {
  const source = readFileSync(file, 'utf8')
  const names = new Map<string, 'value' | 'type'>()
  for (const { groups } of source.matchAll(starred))
    for (const [name, kind] of exportsOf(join(dirname(file), groups?.['from'] ?? '')))
      names.set(name, groups?.['type'] === undefined ? kind : 'type')
  for (const { groups } of source.matchAll(declared))
    names.set(groups?.['name'] ?? '', /^(?:type|interface)$/.test(groups?.['kind'] ?? '') ? 'type' : 'value')
  for (const { groups } of source.matchAll(listed))
    for (const specifier of (groups?.['names'] ?? '').split(',').map((text) => text.trim())) {
      const name =
        specifier
          .replace(/^type /, '')
          .split(' as ')
          .at(-1) ?? ''
      const erased = groups?.['type'] !== undefined || specifier.startsWith('type ')
      if (name !== '') names.set(name, erased ? 'type' : 'value')
    }
  return names
}
