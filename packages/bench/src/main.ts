import { readOptions } from './options/options.ts'
import { toChart } from './report/chart.ts'
import { toMarkdown } from './report/markdown.ts'
import { writeFiles } from './report/writeFiles.ts'
import { bench } from './run/bench.ts'

const args = process.argv.slice(2)
const command = ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ')

const tell = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`)
  else process.stderr.write(`${text}\n`)
}

const options = readOptions(args)
if (options._tag === 'Left') {
  process.stderr.write(`${options.left}\n`)
  process.exitCode = 2
} else {
  const result = await bench(options.right, command, tell)
  tell('')
  const markdown = toMarkdown(result)
  process.stdout.write(`${markdown}\n`)
  const files = writeFiles(options.right.out, {
    'bench.json': `${JSON.stringify(result, undefined, 2)}\n`,
    'bench.md': markdown,
    'bench.svg': toChart(result),
  })
  process.stdout.write(`written: ${files.join(', ')}\n`)
}
