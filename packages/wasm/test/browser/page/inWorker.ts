import { runExported, type Job } from './runExported.ts'

interface WorkerScope {
  readonly postMessage: (answer: unknown, transfer: readonly never[]) => void
  readonly addEventListener: (event: 'message', listener: (message: { readonly data: Job }) => void) => void
}

const scope = globalThis as unknown as WorkerScope

scope.addEventListener('message', ({ data }) => {
  runExported(data).then(
    (result) => scope.postMessage({ result }, []),
    (error: unknown) =>
      scope.postMessage({ error: error instanceof Error ? error.stack : String(error) }, []),
  )
})
