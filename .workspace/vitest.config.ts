import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: { conditions: ['@pullback/source', 'node', 'import', 'default'] },
  ssr: { resolve: { conditions: ['@pullback/source', 'node', 'import', 'default'] } },
  test: {
    include: ['{packages,examples}/*/src/**/*.test.ts', '.workspace/**/*.test.ts'],
    testTimeout: 60_000,
    pool: 'threads',
  },
})
