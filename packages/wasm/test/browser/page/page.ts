// Runs an exported function of a module, in a worker or in the window itself, and gives what it returns.
import { runExported, type Job } from './runExported.ts'

interface Answer {
  readonly data: { readonly result?: unknown; readonly error?: string }
}

interface PageWorker {
  readonly postMessage: (job: Job, transfer: readonly never[]) => void
  readonly terminate: () => void
  readonly addEventListener: ((event: 'message', listener: (answer: Answer) => void) => void) &
    ((event: 'error', listener: (error: { readonly message?: string }) => void) => void)
}

declare const Worker: new (url: URL, options: { readonly type: 'module' }) => PageWorker

const runInWorker = (job: Job): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./inWorker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data: { result, error } }) => {
      worker.terminate()
      if (error === undefined) resolve(result)
      else reject(new Error(error))
    })
    worker.addEventListener('error', ({ message = 'the worker could not be loaded' }) => {
      reject(new Error(message))
    })
    worker.postMessage(job, [])
  })

Object.assign(globalThis, { runInWorker, runInWindow: runExported })
