import { parseArgs } from 'node:util'
import { lawNames, type LawName } from '../law/law.ts'
import { fine, wrong, type Fallible } from './fallible.ts'
import { unknownName } from './nearest.ts'
import { readReplay, type Replay } from './replayToken.ts'

/** What the command line asks for. */
export interface CommandLine {
  readonly modules: readonly string[]
  readonly runs: number
  /** Drawn afresh unless given. */
  readonly seed?: number
  readonly only?: readonly LawName[]
  readonly except: readonly LawName[]
  readonly filter?: string
  readonly replay?: Replay
  readonly junit?: string
  readonly json?: string
  readonly help: boolean
}

const options = {
  runs: { type: 'string' },
  seed: { type: 'string' },
  law: { type: 'string', multiple: true },
  except: { type: 'string', multiple: true },
  filter: { type: 'string' },
  replay: { type: 'string' },
  junit: { type: 'string' },
  json: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

type Values = ReturnType<typeof parse>['values']

const parse = (argv: readonly string[]) =>
  parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true })

/** The first option that does not exist or lacks its value. */
function badOption({ tokens }: ReturnType<typeof parse>): string | undefined {
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const names = Object.keys(options)
    if (!Object.hasOwn(options, token.name))
      return unknownName(
        'option',
        token.rawName,
        names.map((name) => `--${name}`),
      )
    const { type } = options[token.name as keyof typeof options]
    if (type === 'string' && (token.value ?? '') === '') return `${token.rawName} takes a value`
    if (type === 'boolean' && token.value !== undefined) return `${token.rawName} takes no value`
  }
  return undefined
}

function integer(values: Values, name: 'runs' | 'seed', least: number): Fallible<number | undefined> {
  const text = values[name]
  if (text === undefined) return fine(undefined)
  const value = Number(text)
  return Number.isInteger(value) && value >= least && Math.abs(value) < 2 ** 31
    ? fine(value)
    : wrong(`--${name} takes an integer${least > 0 ? ` from ${least} on` : ''}, not ${String(text)}`)
}

function laws(given: readonly (string | boolean)[] | undefined): Fallible<readonly LawName[] | undefined> {
  const names = given?.flatMap((text) => String(text).split(','))
  const unknown = names?.find((name) => !(lawNames as readonly string[]).includes(name))
  return unknown === undefined
    ? fine(names as readonly LawName[] | undefined)
    : wrong(unknownName('law', unknown, lawNames))
}

const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

/** Reads the command line, or says in one sentence what is wrong with it. */
export function readCommandLine(argv: readonly string[]): Fallible<CommandLine> {
  const parsed = parse(argv)
  const bad = badOption(parsed)
  if (bad !== undefined) return wrong(bad)
  const { values, positionals: modules } = parsed
  const help = values.help === true
  if (modules.length === 0 && !help) return wrong('name a module that exports layers, or ask for --help')
  const runs = integer(values, 'runs', 1)
  if ('problem' in runs) return runs
  const seed = integer(values, 'seed', -(2 ** 31))
  if ('problem' in seed) return seed
  const only = laws(values.law)
  if ('problem' in only) return only
  const except = laws(values.except)
  if ('problem' in except) return except
  const token = text(values.replay)
  const replay = token === undefined ? fine(undefined) : readReplay(token)
  if ('problem' in replay) return replay
  const [filter, junit, json] = [text(values.filter), text(values.junit), text(values.json)]
  return fine({
    modules,
    runs: runs.value ?? 100,
    except: except.value ?? [],
    help,
    ...(seed.value !== undefined && { seed: seed.value }),
    ...(only.value && { only: only.value }),
    ...(filter !== undefined && { filter }),
    ...(replay.value && { replay: replay.value }),
    ...(junit !== undefined && { junit }),
    ...(json !== undefined && { json }),
  })
}
