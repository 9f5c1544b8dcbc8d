import { defineConfig, mergeConfig } from 'vitest/config'
import unit from './vitest.config.ts'

/** The suites that look at the repository as a whole; a filter on the command line picks one. */
export default mergeConfig(
  { ...unit, test: { ...unit.test, include: [] } },
  defineConfig({
    test: {
      include: ['.workspace/*/*.stage.ts'],
      testTimeout: 300_000,
      hookTimeout: 300_000,
      silent: 'passed-only',
    },
  }),
)
