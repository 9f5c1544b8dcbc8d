import { outliveReaders } from './closedOutput.ts'
import { run } from './run.ts'

const controller = new AbortController()
// Once: whoever presses Ctrl-C twice does not want to wait.
process.once('SIGINT', () => controller.abort())

const { stdout, stderr, env } = process
outliveReaders(stdout)
outliveReaders(stderr)

process.exitCode = await run(process.argv.slice(2), {
  stdout,
  stderr,
  env,
  cwd: process.cwd(),
  interrupted: controller.signal,
})
