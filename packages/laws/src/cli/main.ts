#!/usr/bin/env node
import { outliveReader } from './outliveReader.ts'
import { run, type Output } from './run.ts'

const output = (stream: NodeJS.WriteStream): Output => ({
  write: (text) => stream.write(text),
  isTTY: stream.isTTY,
})

outliveReader(process.stdout)
outliveReader(process.stderr)

process.exitCode = await run(process.argv.slice(2), {
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  env: process.env,
  cwd: process.cwd(),
  importer: (url) => import(url) as Promise<Readonly<Record<string, unknown>>>,
  now: () => performance.now(),
  freshSeed: () => Math.floor(Math.random() * 2 ** 31),
})
