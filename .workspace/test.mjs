// `npm test`: every stage in order, or the stages named as arguments; the last line counts them all.
import { setUp } from './setup.mjs'
import { one, suite } from './stage.mjs'

/** @type {Record<string, () => import('./stage.mjs').Result>} */
const stages = {
  types: () =>
    one('type check', 'tsc', ['--noEmit', '--pretty', 'false', '--project', '.workspace/tsconfig.json']),
  lint: () => one('lint', 'oxlint', ['--type-aware', '--deny-warnings', '.']),
  format: () => one('format: run `npm run format`', 'prettier', ['--check', '--log-level', 'warn', '.']),
  house: () => suite('.workspace/stages.config.ts', '.workspace/house/'),
  unit: () => suite('.workspace/vitest.config.ts'),
  examples: () => suite('.workspace/stages.config.ts', '.workspace/examples/'),
  browser: () => suite('packages/wasm/test/browser/vitest.config.ts'),
  packed: () => suite('.workspace/stages.config.ts', '.workspace/packed/'),
  // The stage `packed` on every supported Node, those that are not at hand fetched first.
  nodes: () => {
    process.env['PULLBACK_NODES'] = '1'
    return suite('.workspace/stages.config.ts', '.workspace/packed/')
  },
}

const chosen =
  process.argv.length > 2 ? process.argv.slice(2) : Object.keys(stages).filter((name) => name !== 'nodes')
const unknown = chosen.filter((name) => !Object.hasOwn(stages, name))
if (unknown.length > 0) {
  const known = Object.keys(stages).join(', ')
  process.stderr.write(`unknown stage: ${unknown.join(', ')}; the stages are ${known}\n`)
  process.exit(2)
}

setUp(() => process.stdout.write('0 passed, 1 failed\n'))
let passed = 0
/** @type {string[]} */
const failures = []
/** @type {string[]} */
const skips = []
for (const name of chosen) {
  const started = Date.now()
  const result = stages[name]?.() ?? { passed: 0, skipped: [], failures: [] }
  passed += result.passed
  failures.push(...result.failures.map((failure) => `[${name}] ${failure}`))
  skips.push(...result.skipped.map((skip) => `[${name}] ${skip}`))
  const verdict = `${result.passed} passed, ${result.failures.length} failed`
  process.stdout.write(`[${name}] ${verdict} in ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
}
for (const skip of skips) process.stdout.write(`skipped: ${skip}\n`)
for (const failure of failures) process.stdout.write(`failed: ${failure}\n`)
process.stdout.write(`${passed} passed, ${failures.length} failed\n`)
process.exit(failures.length === 0 ? 0 : 1)
