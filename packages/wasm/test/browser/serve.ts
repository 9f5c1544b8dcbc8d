import { fileURLToPath } from 'node:url'
import { createViteServer } from 'vitest/node'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** What a page needs to share memory with its workers. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

/** A server of this repository to this machine: the packages as they were built, the tests from their sources. */
export interface Server {
  readonly page: string
  /** The address of a module of the tests in this folder. */
  readonly module: (file: string) => string
  readonly close: () => Promise<void>
}

export async function serve(isolated: boolean): Promise<Server> {
  const server = await createViteServer({
    root,
    configFile: false,
    logLevel: 'error',
    appType: 'mpa',
    cacheDir: fileURLToPath(new URL('../../out/vite', import.meta.url)),
    // What is served is what was built: nothing is bundled before, and no page is loaded again for it.
    optimizeDeps: { noDiscovery: true, include: [] },
    server: {
      host: '127.0.0.1',
      port: 0,
      hmr: false,
      watch: null,
      headers: isolated ? isolation : {},
    },
  })
  await server.listen()
  const address = server.httpServer?.address()
  if (address === null || address === undefined || typeof address === 'string')
    throw new Error('the server of the browser tests has no port')
  const folder = '/packages/wasm/test/browser'
  return {
    page: `http://127.0.0.1:${address.port}${folder}/page/index.html`,
    module: (file) => `${folder}/${file}`,
    close: () => server.close(),
  }
}
