// The two kinds of stages of `npm test`: a command that succeeds or fails, and a suite of tests.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bin, run } from './setup.mjs'

/** @typedef {{ passed: number, skipped: string[], failures: string[] }} Result */

/**
 * A command that counts as one test; what it prints is shown if it fails.
 *
 * @param {string} title
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Result}
 */
export function one(title, command, args) {
  const result = run(bin(command), args, { capture: true })
  if (result.ok) return { passed: 1, skipped: [], failures: [] }
  process.stdout.write(result.output)
  return { passed: 0, skipped: [], failures: [`${title}: see its output above`] }
}

/**
 * The tests that a vitest configuration and a filter name; each counts for itself.
 *
 * @param {string} config
 * @param {readonly string[]} filters
 * @returns {Result}
 */
export function suite(config, ...filters) {
  const folder = mkdtempSync(join(tmpdir(), 'pullback-report-'))
  const report = join(folder, 'report.json')
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  const result = run(bin('vitest'), ['run', '--config', config, ...reporters, ...filters])
  const written = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined
  rmSync(folder, { recursive: true })
  return written === undefined
    ? { passed: 0, skipped: [], failures: ['vitest ended without a report'] }
    : summarise(written, result.ok)
}

/**
 * @typedef {{ status: string, fullName: string }} Test
 * @typedef {{ name: string, status: string, assertionResults: Test[] }} File
 */

/**
 * A file that fails without a failing test could not be loaded, and counts as one failure.
 *
 * @param {{ testResults: File[] }} report
 * @param {boolean} succeeded
 * @returns {Result}
 */
function summarise({ testResults }, succeeded) {
  const tests = testResults.flatMap((file) => file.assertionResults)
  /** @param {(status: string) => boolean} holds */
  const named = (holds) => tests.filter((test) => holds(test.status)).map((test) => test.fullName)
  const passed = named((status) => status === 'passed').length
  const failures = named((status) => status === 'failed')
  for (const file of testResults)
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
      failures.push(`${file.name} could not be loaded`)
  if (failures.length === 0 && !succeeded) failures.push('vitest failed outside its tests')
  if (failures.length === 0 && passed === 0) failures.push('vitest found no test')
  return { passed, skipped: named((status) => status !== 'passed' && status !== 'failed'), failures }
}
