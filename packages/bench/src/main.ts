import { help } from './options/help.ts'
import { asksForHelp, readOptions, type Options } from './options/options.ts'
import { toChart } from './report/chart.ts'
import { toMarkdown } from './report/markdown.ts'
import { thisMachine } from './report/machine.ts'
import { objectionTo, writeFiles } from './report/writeFiles.ts'
import { bench } from './run/bench.ts'
import { toPlot } from './scaling/plot.ts'
import { scaling, toLines } from './scaling/scaling.ts'

const args = process.argv.slice(2)
const command = ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ')

const tell = (text: string): void => {
  process.stderr.write(process.stderr.isTTY ? `\r\u001B[K${text}` : `${text}\n`)
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`

/** What is printed, and what is written under which names. */
interface Report {
  readonly text: string
  /** Whether there is anything to report. */
  readonly isMeasured: boolean
  readonly files: Readonly<Record<string, string>>
}

async function tableReport(options: Options): Promise<Report> {
  const result = await bench(options, command, tell)
  const text = toMarkdown(result)
  const isMeasured = result.rows.some(({ outcomes }) =>
    Object.values(outcomes).some(({ kind }) => kind === 'measured'),
  )
  return {
    text,
    isMeasured,
    files: { 'bench.json': json(result), 'bench.md': text, 'bench.svg': toChart(result) },
  }
}

async function scalingReport(options: Options): Promise<Report> {
  const growths = scaling(options, tell)
  const files = {
    'scaling.json': json({ machine: thisMachine(), command, growths }),
    'scaling.svg': toPlot(growths),
  }
  return { text: toLines(growths), isMeasured: true, files }
}

async function run(options: Options): Promise<void> {
  const { text, isMeasured, files } = await (options.scaling ? scalingReport : tableReport)(options)
  if (process.stderr.isTTY) tell('')
  process.stdout.write(`${text}\nwritten: ${writeFiles(options.out, files).join(', ')}\n`)
  if (isMeasured) return
  process.stderr.write('nothing was measured\n')
  process.exitCode = 1
}

function refuse(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 2
}

async function main(): Promise<void> {
  if (asksForHelp(args)) {
    process.stdout.write(help)
    return
  }
  const options = readOptions(args)
  if (options._tag === 'Left') return refuse(options.left)
  const objection = objectionTo(options.right.out)
  return objection === undefined ? run(options.right) : refuse(objection)
}

await main()
