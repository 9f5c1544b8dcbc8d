import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Peer } from '../peers/catalog.ts'
import { titleOf } from '../peers/title.ts'
import type { Size } from '../problem/sizes.ts'
import { fromLine, type Message } from './messages.ts'

/** A contender in a process of its own, alive until `end`. */
export interface Child {
  /** The next thing it says; `failed`, with what it wrote to stderr, if it ended instead. */
  readonly next: () => Promise<Message>
  /** Has it take so many steps; `next` says how long they took. */
  readonly order: (count: number) => void
  readonly end: () => void
}

/** Variables of a machine's own that choose other kernels than NumPy's BLAS would take by itself. */
const misleading = new Set(['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE', 'NODE_OPTIONS'])

function environmentOf({ threads, runs }: Peer): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !misleading.has(name))
  const pools = ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS', 'VECLIB_MAXIMUM_THREADS']
  return {
    ...Object.fromEntries([...inherited, ...pools.map((name) => [name, String(threads)])]),
    ...(typeof runs === 'function' ? {} : runs.environment),
  }
}

const place = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const programOf = (peer: Peer, python: string): readonly [string, ...string[]] =>
  typeof peer.runs === 'function'
    ? [process.execPath, place('main.js'), titleOf(peer)]
    : [python, place('../../python/child.py'), peer.runs.python]

/** Starts the process of a peer for a problem of a size, which lies in a file. */
export function startChild(peer: Peer, size: Size, problemFile: string, python: string): Child {
  const [program, ...args] = programOf(peer, python)
  const dimensions = [size.N, size.D, size.H, size.C].map(String)
  const words =
    typeof peer.runs === 'function'
      ? [problemFile, size.name, ...dimensions]
      : [problemFile, ...dimensions, String(peer.threads)]
  const child = spawn(program, [...args, ...words], { env: environmentOf(peer), stdio: 'pipe' })
  const said: Message[] = []
  const waiting: ((message: Message) => void)[] = []
  let errors = ''
  let ended: Message | undefined
  const tell = (message: Message): void => {
    const listener = waiting.shift()
    if (listener) listener(message)
    else said.push(message)
  }
  const stop = (reason: string): void => {
    ended ??= { kind: 'failed', reason }
    while (waiting.length > 0) tell(ended)
  }
  child.on('error', (error) => stop(`${program}: ${error.message}`))
  child.on('close', (code) => stop(errors.trim().split('\n').at(-1) || `it ended with exit code ${code}`))
  child.stdin.on('error', () => undefined)
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-4000)
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = fromLine(line)
    if (message) tell(message)
  })
  return {
    next: () =>
      new Promise((resolve) => {
        const message = said.shift() ?? ended
        if (message) resolve(message)
        else waiting.push(resolve)
      }),
    order: (count) => void child.stdin.write(`${count}\n`),
    end: () => {
      child.stdin.end()
      child.kill()
    },
  }
}
