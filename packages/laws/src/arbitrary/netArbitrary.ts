import {
  addition,
  affine,
  concat,
  graphFrom,
  identity,
  relu,
  residual,
  shared,
  type Entry,
  type Net,
} from '@pullback/core'
import * as fc from 'fast-check'

/** A node as it is chosen: what kind, of what size, reading which earlier one. Numbers shrink towards the simplest. */
interface Choice {
  readonly kind: number
  readonly size: number
  readonly from: number
}

/** An earlier node, or the input, and how many columns it has. */
interface Source {
  readonly name: string
  readonly size: number
}

const kinds = ['affine', 'relu', 'identity', 'residual', 'sum', 'join', 'shared', 'nested'] as const

interface Growing {
  readonly entries: readonly Entry[]
  readonly sources: readonly Source[]
  /** The affine nodes, which others can share. */
  readonly affines: readonly (Source & { readonly takes: number })[]
}

const nested = (size: number): Net => {
  const built = graphFrom(
    ['N', size],
    [
      ['fc', affine(size, size)],
      ['act', relu()],
    ],
  )
  if (built._tag === 'Left') throw new TypeError(built.left)
  return built.right
}

function grow({ entries, sources, affines }: Growing, { kind, size, from }: Choice): Growing {
  const name = `n${entries.length}`
  const last = sources.at(-1) ?? { name: 'input', size: 1 }
  const other = sources[from % sources.length] ?? last
  const add = (layer: Entry[1], reads: Entry[2], columns: number): Growing => ({
    entries: [...entries, [name, layer, reads] as unknown as Entry],
    sources: [...sources, { name, size: columns }],
    affines,
  })
  switch (kinds[kind % kinds.length]) {
    case 'relu':
      return add(relu(), last.name, last.size)
    case 'identity':
      return add(identity(), other.name, other.size)
    case 'residual':
      return add(residual(affine(last.size, last.size)), last.name, last.size)
    case 'sum': {
      const equal = sources.find((source) => source.size === last.size) ?? last
      return add(addition('a', 'b'), { a: last.name, b: equal.name }, last.size)
    }
    case 'join':
      return add(
        concat(['a', last.size], ['b', other.size]),
        { a: last.name, b: other.name },
        last.size + other.size,
      )
    case 'shared': {
      const owner = affines.find(({ takes }) => takes === last.size)
      return owner ? add(shared(owner.name), last.name, owner.size) : add(relu(), last.name, last.size)
    }
    case 'nested':
      return add(nested(last.size), last.name, last.size)
    default: {
      const grown = add(affine(other.size, size), other.name, size)
      return { ...grown, affines: [...affines, { name, size, takes: other.size }] }
    }
  }
}

/** How random nets are made. */
export interface NetOptions {
  /** The most nodes, 6 unless given. */
  readonly nodes?: number
}

/**
 * Random well-shaped nets `['N', inputs]` of the layers of core: rows of layers, residual blocks, fan-out, joins, shared
 * layers, nets in nets. They shrink to a single small layer.
 *
 * @example
 * import * as fc from 'fast-check'
 * const [net] = fc.sample(netArbitrary(), { seed: 1, numRuns: 1 })
 * net?.kind // => 'graph'
 */
export const netArbitrary = ({ nodes = 6 }: NetOptions = {}): fc.Arbitrary<Net> =>
  fc
    .tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.array(
        fc.record({ kind: fc.nat(kinds.length - 1), size: fc.integer({ min: 1, max: 3 }), from: fc.nat(5) }),
        { minLength: 1, maxLength: nodes, size: 'max' },
      ),
    )
    .map(([inputs, choices]) => {
      const start: Growing = { entries: [], sources: [{ name: 'input', size: inputs }], affines: [] }
      const { entries } = choices.reduce(grow, start)
      const net = graphFrom(['N', inputs], entries)
      if (net._tag === 'Left') throw new TypeError(net.left)
      return net.right
    })
