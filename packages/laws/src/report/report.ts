import type { Violation } from '../law/law.ts'
import { ansi, plain, type Colours } from './colours.ts'
import { showBounded, showNumber } from './showNumber.ts'
import { showPlace } from './showPlace.ts'
import { configurationOf, pointOf } from './showSample.ts'
import { wrap } from './wrap.ts'

/** How a violation is reported, and what is known of how it was found. */
export interface ReportOptions {
  /** Whether to colour it for a terminal; plain unless given. */
  readonly colours?: boolean
  /** The name of the suite, if it is not that of the layer. */
  readonly name?: string
  /** What fast-check drew the sample from, and the path of the counterexample. */
  readonly seed?: number
  readonly path?: string
  /** The command that replays it. */
  readonly replay?: string
  /** The longest line, 80 unless given. */
  readonly width?: number
}

type Row = readonly [label: string, text: string]

const labelWidth = 12

/** The tensors of the sample, their values below each other. */
function pointRows({ sample }: Violation): readonly Row[] {
  const tensors = pointOf(sample)
  const longest = Math.max(...tensors.map(({ name }) => name.length))
  return tensors.map(({ name, entries }, place) => [
    place === 0 ? 'at' : '',
    `${name.padEnd(longest)}  ${entries}`,
  ])
}

/** How many times too large a wrong entry is, where there is one and 0 is not what it should be. */
function ratioRow({ analytic, expected, place, law }: Violation): readonly Row[] {
  if (analytic === undefined || expected === undefined || place === undefined || law === 'kinks') return []
  const ratio = Number((analytic / expected).toPrecision(10))
  return Number.isFinite(ratio) && ratio !== 0 && ratio !== 1 ? [['ratio', String(ratio)]] : []
}

function rowsOf(violation: Violation, { seed, path, replay }: ReportOptions): readonly Row[] {
  const { place, analytic, expected, bound, hint, sample } = violation
  const found = seed === undefined ? '' : `seed ${seed}${path === undefined ? '' : `, path "${path}"`}`
  const rows: readonly (Row | undefined)[] = [
    ['what', violation.sentence],
    ['layer', configurationOf(sample)],
    place && ['where', showPlace(place)],
    analytic === undefined ? undefined : ['is', showNumber(analytic)],
    expected === undefined ? undefined : ['should be', showBounded(expected, bound)],
    ...ratioRow(violation),
    hint === undefined ? undefined : ['hint', hint],
    ...pointRows(violation),
    found === '' ? undefined : ['found by', found],
    replay === undefined ? undefined : ['replay', replay],
  ]
  return rows.filter((row) => row !== undefined)
}

const mark = (label: string, text: string, { bad, good, strong }: Colours): string => {
  if (label === 'is') return bad(text)
  if (label === 'should be') return good(text)
  return label === 'where' || label === 'hint' ? strong(text) : text
}

/** A command is copied whole, and a tensor's entries line up below each other. */
const breaks = (label: string, text: string, width: number): readonly string[] =>
  label === 'replay' ? [text] : wrap(text, width)

/**
 * The report of a violation: the law, the layer and its configuration, the entry, what the layer gives there and what
 * it should give, a hint, the point, and how to replay it. Pure text, at most `width` characters a line.
 *
 * @param violation as a law gives it, or shrunk by `shrinkViolation`
 * @example
 * const violation: Violation = {
 *   law: 'gradient',
 *   sentence: 'backward does not give the derivative of forward',
 *   place: { tensor: 'input', index: [0] },
 *   analytic: 2,
 *   expected: 1,
 *   bound: 3e-11,
 *   sample: { layer: relu(), params: {}, input: tensor([1]), dOutput: tensor([1]), context: {}, seed: 0 },
 * }
 * report(violation).split('\n')[0] // => 'relu violates the law gradient'
 */
export function report(violation: Violation, options: ReportOptions = {}): string {
  const { width = 80, name = violation.sample.layer.rule.title } = options
  const colours = options.colours === true ? ansi : plain
  const lines = rowsOf(violation, options).flatMap(([label, text]) =>
    breaks(label, text, width - labelWidth).map((part, index) => {
      const head = (index === 0 ? label : '').padEnd(labelWidth - 2)
      return `  ${colours.faint(head)}${mark(label, part, colours)}`.trimEnd()
    }),
  )
  return [colours.strong(`${name} violates the law ${violation.law}`), '', ...lines].join('\n')
}
