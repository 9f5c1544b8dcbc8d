import { parseArgs } from 'node:util'
import { left, right, type Either } from '#fp/Either'
import { catalog, type Peer } from '../peers/catalog.ts'
import { titleOf } from '../peers/title.ts'
import { sizes, type Size } from '../problem/sizes.ts'

/** What the command is asked for. */
export interface Options {
  readonly sizes: readonly Size[]
  readonly peers: readonly Peer[]
  readonly rounds: number
  /** Where the results are written. */
  readonly out: string
  /** Short batches and few rounds: to see that all works, not to compare. */
  readonly quick: boolean
  /** The Python of the Python peers, or undefined to look for one. */
  readonly python: string | undefined
  /** Measure how the cost of this library's own step grows, instead of the table. */
  readonly scaling: boolean
}

const words = (text: string): readonly string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

function sizesOf(text: string): Either<string, readonly Size[]> {
  const names = words(text)
  const unknown = names.find((name) => !sizes.some((size) => size.name === name))
  if (unknown !== undefined || names.length === 0)
    return left(
      `--sizes: takes some of ${sizes.map(({ name }) => name).join(', ')}, not '${unknown ?? text}'`,
    )
  return right(sizes.filter(({ name }) => names.includes(name)))
}

const matches = (peer: Peer, word: string): boolean =>
  titleOf(peer).toLowerCase().includes(word.toLowerCase()) || peer.family.toLowerCase() === word.toLowerCase()

function peersOf(text: string): Either<string, readonly Peer[]> {
  const parts = words(text)
  const unknown = parts.find((word) => !catalog.some((peer) => matches(peer, word)))
  if (unknown !== undefined || parts.length === 0)
    return left(
      `--peers: nobody is called '${unknown ?? text}'; the peers are ${catalog.map(titleOf).join('; ')}`,
    )
  return right(catalog.filter((peer) => parts.some((word) => matches(peer, word))))
}

function roundsOf(text: string): Either<string, number> {
  const rounds = Number(text)
  return Number.isInteger(rounds) && rounds > 0
    ? right(rounds)
    : left(`--rounds: takes a whole number above 0, not '${text}'`)
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  return parseArgs({
    args: [...args],
    options: { sizes: text, peers: text, rounds: text, out: text, python: text, quick: flag, scaling: flag },
  }).values
}

/** The options on a command line, or the sentence that says what is wrong with them. */
export function readOptions(args: readonly string[]): Either<string, Options> {
  let values: ReturnType<typeof parsed>
  try {
    values = parsed(args)
  } catch (error) {
    return left(error instanceof Error ? error.message : String(error))
  }
  const { quick, scaling, python, out = 'out/bench' } = values
  const chosen = values.sizes === undefined ? right(sizes) : sizesOf(values.sizes)
  if (chosen._tag === 'Left') return chosen
  const peers = values.peers === undefined ? right(catalog) : peersOf(values.peers)
  if (peers._tag === 'Left') return peers
  const rounds = values.rounds === undefined ? right(quick ? 3 : 15) : roundsOf(values.rounds)
  if (rounds._tag === 'Left') return rounds
  return right({ sizes: chosen.right, peers: peers.right, rounds: rounds.right, out, quick, python, scaling })
}
