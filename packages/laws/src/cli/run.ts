import { ansi, hasColours, plain } from '../report/colours.ts'
import { report } from '../report/report.ts'
import { wrap } from '../report/wrap.ts'
import { readCommandLine, type CommandLine } from './commandLine.ts'
import { examine } from './examine.ts'
import { fine, wrong, type Fallible } from './fallible.ts'
import { help } from './help.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { loadModule, type Importer } from './loadModule.ts'
import { unknownName } from './nearest.ts'
import { progressOn } from './progress.ts'
import type { Result, Results } from './result.ts'
import { subjectsOf, type Subject } from './subjects.ts'
import { table } from './table.ts'
import { writeFile } from './writeFile.ts'

/** A stream that text goes to. */
export interface Output {
  readonly write: (text: string) => void
  readonly isTTY: boolean
}

/** The world as the command sees it. */
export interface World {
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly importer: Importer
  /** Milliseconds. */
  readonly now: () => number
  /** A seed for runs that are given none. */
  readonly freshSeed: () => number
}

async function subjectsIn({ modules }: CommandLine, world: World): Promise<Fallible<readonly Subject[]>> {
  const all: Subject[] = []
  for (const file of modules) {
    const loaded = await loadModule(file, world.cwd, world.importer)
    if ('problem' in loaded) return loaded
    const { subjects, skipped } = subjectsOf(loaded.value)
    if (subjects.length === 0)
      return wrong(`${file} exports no layer${skipped.length > 0 ? `: ${skipped.join('; ')}` : ''}`)
    for (const each of skipped) world.stderr.write(`skipped: ${each}\n`)
    all.push(...subjects)
  }
  return fine(all)
}

function chosenSubjects(subjects: readonly Subject[], options: CommandLine): Fallible<readonly Subject[]> {
  const { filter, replay } = options
  const names = subjects.map(({ name }) => name)
  if (replay !== undefined) {
    const found = subjects.filter(({ name }) => name === replay.layer)
    return found.length > 0 ? fine(found) : wrong(unknownName('export', replay.layer, names))
  }
  const found = subjects.filter(({ name }) => filter === undefined || name.includes(filter))
  return found.length > 0 ? fine(found) : wrong(unknownName('export', filter ?? '', names))
}

function resultsOf(subjects: readonly Subject[], options: CommandLine, seed: number, world: World): Results {
  const { runs, only, except, replay } = options
  const { stderr, now } = world
  const progress = progressOn({ write: stderr.write, isTTY: stderr.isTTY, now })
  const laws = replay === undefined ? only : [replay.law]
  const examination = {
    runs,
    seed,
    except,
    progress,
    now,
    ...(laws && { only: laws }),
    ...(replay && { path: replay.path }),
  }
  return { seed, results: subjects.flatMap((subject) => [...examine(subject, examination)]) }
}

/** The words that run a counterexample again. */
const replayCommand = (modules: readonly string[], token: string): string =>
  `npx pullback-laws ${modules.join(' ')} --replay ${token}`

/** The law of gradients, if it has already said of the same tensor what this law says. */
const saidBefore = ({ layer, law, failure }: Result, results: readonly Result[]): boolean =>
  law === 'derivative' &&
  results.some(
    (other) =>
      other.layer === layer &&
      other.law === 'gradient' &&
      other.failure?.violation !== undefined &&
      other.failure.violation.place?.tensor === failure?.violation?.place?.tensor,
  )

function describe(
  result: Result,
  results: readonly Result[],
  options: CommandLine,
  colours: boolean,
): string {
  const { layer, law, failure } = result
  if (failure === undefined) return ''
  if (saidBefore(result, results)) return `${layer} violates the law ${law} in the same tensor\n`
  const { sentence, violation, token } = failure
  const replay = replayCommand(options.modules, token)
  if (violation === undefined)
    return `${layer} violates the law ${law}\n\n  ${wrap(sentence, 76).join('\n  ')}\n${law === 'resolution' ? '' : `\n  ${replay}\n`}`
  return `${report(violation, { name: layer, replay, colours })}\n`
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

function summary({ seed, results }: Results): string {
  const broken = results.filter(({ failure }) => failure !== undefined).length
  const layers = new Set(results.map(({ layer }) => layer)).size
  const verdict = broken === 0 ? 'all hold' : `${broken} violated`
  return `${count(results.length, 'law')} of ${count(layers, 'layer')}, seed ${seed}: ${verdict}`
}

function written(
  results: Results,
  { junit: xml, json: data }: CommandLine,
  cwd: string,
): Fallible<undefined> {
  const first = xml === undefined ? fine(undefined) : writeFile(xml, junit(results), cwd)
  if ('problem' in first || data === undefined) return first
  return writeFile(data, json(results), cwd)
}

/**
 * The command: holds the layers of modules to the laws and prints what came of it.
 *
 * @param argv the words after the command
 * @returns the exit code: 0 if all laws hold, 1 if one is violated, 2 if the command line or a module is wrong
 */
export async function run(argv: readonly string[], world: World): Promise<0 | 1 | 2> {
  const { stdout, stderr, env, cwd } = world
  const failed = (problem: string): 2 => {
    stderr.write(`pullback-laws: ${problem}\n`)
    return 2
  }
  const options = readCommandLine(argv)
  if ('problem' in options) return failed(options.problem)
  if (options.value.help) {
    stdout.write(help)
    return 0
  }
  const all = await subjectsIn(options.value, world)
  if ('problem' in all) return failed(all.problem)
  const subjects = chosenSubjects(all.value, options.value)
  if ('problem' in subjects) return failed(subjects.problem)
  const seed = options.value.replay?.seed ?? options.value.seed ?? world.freshSeed()
  const results = resultsOf(subjects.value, options.value, seed, world)
  if (results.results.length === 0) return failed('no law is left to run')
  const colours = hasColours({ isTTY: stdout.isTTY, env })
  stdout.write(`${table(results.results, colours ? ansi : plain)}\n\n`)
  for (const result of results.results)
    if (result.failure) stdout.write(`${describe(result, results.results, options.value, colours)}\n`)
  stdout.write(`${summary(results)}\n`)
  const saved = written(results, options.value, cwd)
  if ('problem' in saved) return failed(saved.problem)
  return results.results.some(({ failure }) => failure !== undefined) ? 1 : 0
}
