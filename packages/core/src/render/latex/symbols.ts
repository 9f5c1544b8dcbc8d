import { input } from '../../tensor/construct.ts'
import type { AnyTensor } from '../../tensor/tensor.ts'
import { symbolOf, upright } from './text.ts'

/** Something that equations call by a symbol. */
export interface Named {
  /** Unique among all that is named. */
  readonly id: string
  /** The key of its symbol among the options; undefined if it cannot be chosen. */
  readonly key: string | undefined
  /** Symbols from the best to the one that is taken if others are in use. */
  readonly candidates: readonly string[]
}

/** The symbols of one set of equations, no two of them the same. */
export interface Symbols {
  /** The input tensor that stands for something named, of the shape and dtype of another. */
  readonly tensor: (named: Named, like: Pick<AnyTensor, 'shape' | 'dtype'>) => AnyTensor
  /** The symbol of what has been named. */
  readonly symbolFor: (id: string) => string
  /** The keys that could have been chosen. */
  readonly keys: () => readonly string[]
}

/** Symbols of which some are chosen, by key. */
export function symbols(chosen: Readonly<Record<string, string>>): Symbols {
  const taken = new Set(Object.values(chosen))
  const found = new Map<string, string>()
  const keys = new Set<string>()
  const allocate = ({ key, candidates }: Named): string => {
    if (key !== undefined && !keys.has(key)) {
      keys.add(key)
      const wanted = Object.hasOwn(chosen, key) ? chosen[key] : undefined
      if (wanted !== undefined) return wanted
    }
    const free = candidates.find((candidate) => !taken.has(candidate))
    if (free !== undefined) return free
    let primed = candidates.at(-1) ?? 'x'
    while (taken.has(primed)) primed += "'"
    return primed
  }
  return {
    tensor(named, { shape, dtype }) {
      if (!found.has(named.id)) {
        const symbol = allocate(named)
        taken.add(symbol)
        found.set(named.id, symbol)
      }
      return input(named.id, [...shape], dtype)
    },
    symbolFor: (id) => found.get(id) ?? symbolOf(id),
    keys: () => [...keys],
  }
}

const lastName = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

const numberAtEnd = (path: string): string | undefined => /\d+$/.exec(lastName(path))?.[0]

/** What belongs to a node, with the number at the end of the node's name, or else with all of the name, below. */
export const belonging = (name: string, owner: string, numbered: boolean): readonly string[] => {
  if (owner === '') return [symbolOf(name)]
  const plain = /^[A-Za-z]$/.test(name) ? name : upright(name)
  const number = numberAtEnd(owner)
  const full = `${plain}_{${upright(owner)}}`
  return numbered && number !== undefined ? [`${plain}_{${number}}`, full] : [full]
}

/** The owners that their number tells apart from all others. */
export function numberedOwners(owners: readonly string[]): ReadonlySet<string> {
  const distinct = [...new Set(owners)]
  const counts = new Map<string | undefined, number>()
  for (const number of distinct.map(numberAtEnd)) counts.set(number, (counts.get(number) ?? 0) + 1)
  return new Set(distinct.filter((owner) => counts.get(numberAtEnd(owner)) === 1))
}

/** The symbol of a node: its name, with the path that leads to it if it is nested. */
export const nodeCandidates = (path: string): readonly string[] =>
  path.includes('.') ? [upright(path)] : [symbolOf(path), upright(path)]
