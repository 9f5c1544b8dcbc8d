import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const conditions = ['@pullback/source', 'node', 'import', 'default']

/** Tests read the sources of every package: what was built last may be older than they are. */
const sourcesOnly = {
  name: 'sources-only',
  load(id: string): void {
    if (/\/packages\/[^/]+\/(?:dist|bundle)\//.test(id.replaceAll('\\', '/')))
      throw new Error(`${id}: tests read the sources, not what was built of them`)
  },
}

const config: ViteUserConfig = defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [sourcesOnly],
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{packages,examples}/*/src/**/*.test.ts', '.workspace/**/*.test.ts'],
    testTimeout: 60_000,
    pool: 'threads',
    maxWorkers: '100%',
  },
})

export default config
