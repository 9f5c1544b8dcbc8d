import { parseArgs } from 'node:util'
import * as E from '#fp/Either'
import { refuse, type Failure } from '../failure.ts'
import { nearest } from './nearest.ts'
import { optionNames } from './options.ts'
import { quote } from './quote.ts'

/** A command line taken apart: the text given for every option, or the wish for help. */
export type Tokens =
  { readonly form: 'help' } | { readonly form: 'options'; readonly texts: Readonly<Record<string, string>> }

const known: readonly string[] = [...optionNames, 'help']

const declared = {
  help: { type: 'boolean', short: 'h' },
  ...Object.fromEntries(optionNames.map((name) => [name, { type: 'string' }] as const)),
} as const

function unknown(rawName: string): E.Either<Failure, never> {
  const meant = nearest(rawName.replace(/^-+/, ''), known)
  const hint = meant === undefined ? '--help lists all' : `did you mean --${meant}?`
  return refuse(`there is no option ${quote(rawName)}; ${hint}`)
}

/** The options of a command line as texts, each given once and with a value; or what is wrong with it. */
export function tokensOf(argv: readonly string[]): E.Either<Failure, Tokens> {
  const args = [...argv]
  const { tokens } = parseArgs({
    args,
    options: declared,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  if (tokens.some((token) => token.kind === 'option' && token.name === 'help' && token.value === undefined))
    return E.right({ form: 'help' })
  const texts = new Map<string, string>()
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional')
      return refuse(`there is ${quote(token.value)}, which belongs to no option; --help lists all options`)
    const { name, rawName, value } = token
    if (!known.includes(name)) return unknown(rawName)
    if (name === 'help') return refuse(`--help takes no value, but is given ${quote(value ?? '')}`)
    if (value === undefined || (!token.inlineValue && value.startsWith('--')))
      return refuse(`--${name} is given without a value`)
    if (texts.has(name)) return refuse(`--${name} is given twice; give it once`)
    texts.set(name, value)
  }
  return E.right({ form: 'options', texts: Object.fromEntries(texts) })
}
