import { left, type Either } from '#fp/Either'
import type { Net } from '../layer/layer.ts'
import { fromSpec } from './fromSpec.ts'
import { syntaxFault } from './jsonSyntax.ts'
import type { Registry } from './registry.ts'
import { guarded, specError, type SpecError } from './specError.ts'

/** A place in a text as editors show it. */
function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset)
  const lines = before.split('\n')
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`
}

/**
 * Reads a net from JSON text, such as a file.
 *
 * @param kinds the kinds of layers that the spec may name
 * @returns a function from the text to the net or to an error of one sentence: where the text is not JSON, or a field
 *   is written twice, it is headed by line and column, otherwise by the path as for `fromSpec`
 * @example
 * const parse = parseSpec(registry(...coreKinds))
 * parse('{ "version": 1, "net": { "kind": "relu" } }')._tag // => 'Right'
 * parse('{ "version": 1, }')
 * // => { _tag: 'Left', left: { path: 'line 1, column 17', message: 'line 1, column 17: expected a field name in double quotes, found "}"' } }
 */
export const parseSpec =
  (kinds: Registry) =>
  (text: string): Either<SpecError, Net> => {
    const json = text.startsWith('\ufeff') ? text.slice(1) : text
    const fault = syntaxFault(json)
    if (fault !== undefined) return left(specError(lineAndColumn(json, fault.offset), fault.sentence))
    return guarded(undefined, () => fromSpec(kinds)(JSON.parse(json)))
  }
