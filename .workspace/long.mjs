// Runs the `main` of a TypeScript module of the tests with the arguments that follow: what takes too long for `npm test`.
import { createViteServer } from 'vitest/node'
import { root } from './setup.mjs'

const [module = '', ...args] = process.argv.slice(2)
// Without 'node': vite runs what it resolves through an import map as a module, which CommonJS is not.
const conditions = ['@pullback/source', 'import', 'default']
const server = await createViteServer({
  root,
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  server: { middlewareMode: true, watch: null, hmr: false, ws: false },
  optimizeDeps: { noDiscovery: true },
})
const { main } = await server.ssrLoadModule(`/${module}`)
process.exitCode = await main(args)
await server.close()
