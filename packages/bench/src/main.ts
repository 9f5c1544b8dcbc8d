import { readOptions, type Options } from './options/options.ts'
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
  readonly files: Readonly<Record<string, string>>
}

async function tableReport(options: Options): Promise<Report> {
  const result = await bench(options, command, tell)
  const text = toMarkdown(result)
  return { text, files: { 'bench.json': json(result), 'bench.md': text, 'bench.svg': toChart(result) } }
}

async function scalingReport(options: Options): Promise<Report> {
  const growths = scaling(options, tell)
  const files = {
    'scaling.json': json({ machine: thisMachine(), command, growths }),
    'scaling.svg': toPlot(growths),
  }
  return { text: toLines(growths), files }
}

const options = readOptions(args)
const objection = options._tag === 'Left' ? options.left : objectionTo(options.right.out)
if (options._tag === 'Left' || objection !== undefined) {
  process.stderr.write(`${objection}\n`)
  process.exitCode = 2
} else {
  const { text, files } = await (options.right.scaling ? scalingReport : tableReport)(options.right)
  if (process.stderr.isTTY) tell('')
  process.stdout.write(`${text}\nwritten: ${writeFiles(options.right.out, files).join(', ')}\n`)
}
