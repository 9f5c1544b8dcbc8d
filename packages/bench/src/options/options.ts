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

const texts = ['sizes', 'peers', 'rounds', 'out', 'python'] as const
const flags = ['quick', 'scaling'] as const

/** A command line taken apart: the text of every option that has one, and the flags that are given. */
interface Given {
  readonly texts: Readonly<Partial<Record<(typeof texts)[number], string>>>
  readonly flags: ReadonlySet<string>
}

const isOneOf = <T extends string>(names: readonly T[], name: string): name is T =>
  names.some((one) => one === name)

function givenBy(args: readonly string[]): Either<string, Given> {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(texts.map((name) => [name, { type: 'string' }] as const)),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const given: Partial<Record<(typeof texts)[number], string>> = {}
  const set = new Set<string>()
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional')
      return left(`there is '${token.value}', which belongs to no option; --help lists all options`)
    const { name, value } = token
    if (isOneOf(texts, name)) {
      if (value === undefined || (!token.inlineValue && value.startsWith('--')))
        return left(`--${name} is given without a value`)
      given[name] = value
    } else if (isOneOf(flags, name)) {
      if (value !== undefined) return left(`--${name} takes no value, but is given '${value}'`)
      set.add(name)
    } else return left(`there is no option '${token.rawName}'; --help lists all options`)
  }
  return right({ texts: given, flags: set })
}

/** Whether the command line asks what it may say. */
export const asksForHelp = (args: readonly string[]): boolean =>
  args.includes('--help') || args.includes('-h')

const backends = (peers: readonly Peer[]): readonly Peer[] =>
  peers.filter(({ family }) => family === 'Pullback')

/** The options on a command line, or the sentence that says what is wrong with them. */
export function readOptions(args: readonly string[]): Either<string, Options> {
  const given = givenBy(args)
  if (given._tag === 'Left') return given
  const { python, out = 'out/bench', ...named } = given.right.texts
  const [quick, scaling] = [given.right.flags.has('quick'), given.right.flags.has('scaling')]
  const chosen = named.sizes === undefined ? right(sizes) : sizesOf(named.sizes)
  if (chosen._tag === 'Left') return chosen
  const peers = named.peers === undefined ? right(catalog) : peersOf(named.peers)
  if (peers._tag === 'Left') return peers
  const rounds = named.rounds === undefined ? right(quick ? 3 : 15) : roundsOf(named.rounds)
  if (rounds._tag === 'Left') return rounds
  if (scaling && named.sizes !== undefined)
    return left('--scaling has sizes of its own: leave out --sizes, or --scaling')
  if (scaling && backends(peers.right).length === 0)
    return left(
      `--scaling measures this library alone, of which there is none among '${named.peers}'; there are ${backends(catalog).map(titleOf).join('; ')}`,
    )
  return right({ sizes: chosen.right, peers: peers.right, rounds: rounds.right, out, quick, python, scaling })
}
