import { lawNames, type LawName } from '../law/law.ts'
import { unknownName } from './nearest.ts'
import { fine, wrong, type Fallible } from './fallible.ts'

/** What leads to a counterexample again: `softplus/gradient/7/12:0:3`. */
export interface Replay {
  readonly layer: string
  readonly law: LawName
  readonly seed: number
  readonly path: string
}

/** A counterexample as one word for the command line. */
export const showReplay = (layer: string, law: string, seed: number, path: string): string =>
  [encodeURIComponent(layer), law, seed, path].join('/')

/** Reads what `showReplay` wrote. */
export function readReplay(token: string): Fallible<Replay> {
  const [layer = '', law = '', seed = '', path = '', ...rest] = token.split('/')
  const isToken =
    layer !== '' && law !== '' && /^-?\d+$/.test(seed) && /^\d+(?::\d+)*$/.test(path) && rest.length === 0
  try {
    if (isToken) {
      const known = lawNames.find((name) => name === law)
      return known === undefined
        ? wrong(unknownName('law', law, lawNames))
        : fine({ layer: decodeURIComponent(layer), law: known, seed: Number(seed), path })
    }
  } catch {
    // A % that begins no character: not written by showReplay.
  }
  return wrong(`--replay takes layer/law/seed/path as a report prints it, not ${token.slice(0, 80)}`)
}
