import { defineConfig, mergeConfig } from 'vitest/config'
import unit from '../../../../.workspace/vitest.config.ts'

/** The tests in a browser, of the packages as they were built. */
export default mergeConfig(
  { ...unit, test: { ...unit.test, include: [] } },
  defineConfig({ test: { include: ['packages/wasm/test/browser/*.test.ts'], hookTimeout: 60_000 } }),
)
