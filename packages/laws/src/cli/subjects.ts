import type { Net } from '@pullback/core'
import type { Arbitrary } from 'fast-check'
import type { Configured } from '../arbitrary/configuration.ts'
import type { LawOptions } from '../suite/layerLaws.ts'

/** What a module exports to be held to the laws. */
export interface Subject {
  readonly name: string
  readonly layer: Net | Arbitrary<Configured>
  readonly options: LawOptions
}

/** The subjects of a module, and why other exports are none. */
export interface Subjects {
  readonly subjects: readonly Subject[]
  readonly skipped: readonly string[]
}

const hasFunctions = (value: unknown, ...names: readonly string[]): boolean =>
  typeof value === 'object' &&
  value !== null &&
  names.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')

const isNet = (value: unknown): value is Net =>
  hasFunctions(value, 'init', 'forward', 'backward') &&
  'kind' in (value as object) &&
  'rule' in (value as object)

const isArbitrary = (value: unknown): value is Arbitrary<Configured> =>
  hasFunctions(value, 'generate', 'shrink', 'map', 'filter')

const isLayer = (value: unknown): value is Subject['layer'] => isNet(value) || isArbitrary(value)

/** A layer, or a record of a layer and how it is to be tried. */
function asSubject(name: string, value: unknown): Subject | undefined {
  if (isLayer(value)) return { name, layer: value, options: {} }
  if (typeof value !== 'object' || value === null || !('layer' in value) || !isLayer(value.layer))
    return undefined
  const { layer, options = {}, ...more } = value as { layer: Subject['layer']; options?: LawOptions }
  return { name, layer, options: { ...more, ...options } }
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''

type Found = Subject | { readonly skipped: string }

function found(name: string, value: unknown): Found {
  const direct = asSubject(name, value)
  if (direct !== undefined) return direct
  if (typeof value !== 'function') return { skipped: `${name} is no layer` }
  if (value.length > 0)
    return { skipped: `${name} takes arguments: export layers made by it, or an arbitrary of them` }
  try {
    const made = asSubject(name, (value as () => unknown)())
    return made ?? { skipped: `${name}() gives no layer` }
  } catch (error) {
    return { skipped: `${name}() throws: ${messageOf(error)}` }
  }
}

/** The exports of a module that are to be held to the laws, in alphabetical order. */
export function subjectsOf(exports: Readonly<Record<string, unknown>>): Subjects {
  const all = Object.entries(exports).map(([name, value]) => found(name, value))
  return {
    subjects: all.filter((each) => 'layer' in each),
    skipped: all.flatMap((each) => ('skipped' in each ? [each.skipped] : [])),
  }
}
