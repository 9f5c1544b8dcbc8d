import { builtinModule } from '../engine/builtinModule.ts'
import type { Message } from './message.ts'

/** A worker as who started it sees it. */
export interface SpawnedWorker {
  readonly send: (message: Message) => void
  readonly stop: () => void
}

interface NodeWorker {
  readonly postMessage: (message: Message, transfer: readonly never[]) => void
  readonly terminate: () => Promise<number>
  readonly unref: () => void
  readonly on: (event: 'error' | 'exit', listener: (what: unknown) => void) => void
}

interface WorkerThreads {
  readonly Worker: new (url: object, options: { readonly execArgv: readonly string[] }) => NodeWorker
}

interface BrowserWorker {
  readonly postMessage: (message: Message, transfer: readonly never[]) => void
  readonly terminate: () => void
  readonly addEventListener: (
    event: 'error' | 'messageerror',
    listener: (event: { readonly message?: string }) => void,
  ) => void
}

// What there is beside the language, and its types therefore do not know.
interface Here {
  readonly url: string
}
declare const URL: new (path: string, base: string) => object
declare const Worker: (new (url: object, options: { readonly type: 'module' }) => BrowserWorker) | undefined

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function spawnInNode({ Worker: NodeWorker }: WorkerThreads, ended: (reason: string) => void): SpawnedWorker {
  // Flags of this process, such as those of a test runner, are none of the worker's business.
  const worker = new NodeWorker(new URL('./worker.mjs', (import.meta as Here).url), { execArgv: [] })
  worker.on('error', (error) => {
    ended(sentence(error))
  })
  worker.on('exit', (code) => {
    ended(`it ended with code ${String(code)}`)
  })
  worker.unref()
  return {
    send: (message) => {
      worker.postMessage(message, [])
    },
    stop: () => void worker.terminate(),
  }
}

function spawnInBrowser(ended: (reason: string) => void): SpawnedWorker {
  if (typeof Worker === 'undefined') throw new Error('there are no workers here')
  // Written in one expression, by which bundlers know what to ship.
  const worker = new Worker(new URL('./worker.mjs', (import.meta as Here).url), { type: 'module' })
  for (const event of ['error', 'messageerror'] as const)
    worker.addEventListener(event, ({ message = 'its script could not be loaded' }) => {
      worker.terminate()
      ended(message)
    })
  return {
    send: (message) => {
      worker.postMessage(message, [])
    },
    stop: () => {
      worker.terminate()
    },
  }
}

/** How a worker is started. */
export type Spawn = (ended: (reason: string) => void) => SpawnedWorker

/**
 * Starts a worker, which does not keep the process alive; `ended` is called, perhaps more than once, when it is no more.
 *
 * @throws Error where there are no workers, or none may be started
 */
export function spawnWorker(ended: (reason: string) => void): SpawnedWorker {
  const node = builtinModule<WorkerThreads>('node:worker_threads')
  return node === undefined ? spawnInBrowser(ended) : spawnInNode(node, ended)
}
