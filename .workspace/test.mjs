// `npm test`: every stage in order, or the stages named as arguments; the last line counts them all.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packed } from './packed/packed.mjs'
import { bin, build, install, run } from './setup.mjs'

const one = (title, command, args) => {
  const result = run(bin(command), args, { capture: true })
  const failures = result.ok ? [] : [`${title}\n${result.output}`]
  return { passed: result.ok ? 1 : 0, skipped: [], failures }
}

function unit() {
  const folder = mkdtempSync(join(tmpdir(), 'pullback-unit-'))
  const report = join(folder, 'report.json')
  const args = ['run', '--config', '.workspace/vitest.config.ts', '--reporter=default', '--reporter=json']
  const result = run(bin('vitest'), [...args, `--outputFile.json=${report}`])
  if (!existsSync(report)) return { passed: 0, skipped: [], failures: ['vitest ended without a report'] }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  rmSync(folder, { recursive: true })
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  const failed = numFailedTests + broken.length
  const failures = Array.from({ length: failed }, () => 'a unit test, shown above')
  if (failed === 0 && !result.ok) failures.push('vitest failed outside its tests, shown above')
  if (failed === 0 && numPassedTests === 0) failures.push('vitest found no test')
  const skipped = testResults.flatMap((file) =>
    file.assertionResults.filter((test) => test.status === 'pending').map((test) => test.fullName),
  )
  return { passed: numPassedTests, skipped, failures }
}

const stages = {
  types: () =>
    one('type check', 'tsc', ['--noEmit', '--pretty', 'false', '--project', '.workspace/tsconfig.json']),
  lint: () => one('lint', 'oxlint', ['--type-aware', '--deny-warnings', '.']),
  format: () => one('format: run `npm run format`', 'prettier', ['--check', '--log-level', 'warn', '.']),
  unit,
  packed,
}

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(stages)
const unknown = chosen.filter((name) => !Object.hasOwn(stages, name))
if (unknown.length > 0) {
  process.stderr.write(
    `unknown stage: ${unknown.join(', ')}; the stages are ${Object.keys(stages).join(', ')}\n`,
  )
  process.exit(2)
}

install()
build()
let passed = 0
const failures = []
const skips = []
for (const name of chosen) {
  const started = Date.now()
  const result = await stages[name]()
  passed += result.passed
  failures.push(...result.failures)
  skips.push(...result.skipped)
  const verdict = `${result.passed} passed, ${result.failures.length} failed`
  process.stdout.write(`[${name}] ${verdict} in ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
}
for (const skip of skips) process.stdout.write(`skipped: ${skip}\n`)
for (const failure of failures) process.stdout.write(`failed: ${failure}\n`)
process.stdout.write(`${passed} passed, ${failures.length} failed\n`)
process.exit(failures.length === 0 ? 0 : 1)
