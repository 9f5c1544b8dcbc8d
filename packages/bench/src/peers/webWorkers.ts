import { resolveObjectURL } from 'node:buffer'
import { Worker as NodeWorker } from 'node:worker_threads'

/** The global scope of a browser's worker, in one of Node's. */
const scope = `
const { parentPort } = require('node:worker_threads')
globalThis.self = globalThis
globalThis.postMessage = (message) => parentPort.postMessage(message)
parentPort.on('message', (data) => self.onmessage({ data }))
`

/** As much of a browser's Worker as packages need that run their workers from a Blob. */
class BlobWorker {
  onmessage: ((event: { data: unknown }) => void) | undefined
  onerror: ((error: Error) => void) | undefined
  readonly #worker: Promise<NodeWorker>

  constructor(url: string) {
    const blob = resolveObjectURL(url)
    if (blob === undefined) throw new TypeError(`a worker is made from the URL of a Blob, not ${url}`)
    this.#worker = blob.text().then((source) => {
      const worker = new NodeWorker(scope + source, { eval: true })
      worker.unref()
      worker.on('message', (data: unknown) => this.onmessage?.({ data }))
      worker.on('error', (error: Error) => this.onerror?.(error))
      return worker
    })
  }

  postMessage(message: unknown): void {
    void this.#worker.then((worker) => worker.postMessage(message, []))
  }

  terminate(): void {
    void this.#worker.then((worker) => worker.terminate())
  }
}

/** Gives this process what a browser has, for packages that know no other threads: workers, so many as cores. */
export function provideWorkers(threads: number): void {
  Object.defineProperty(globalThis, 'Worker', { value: BlobWorker, configurable: true })
  const navigator = { hardwareConcurrency: threads, userAgent: 'Node.js' }
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true })
}
