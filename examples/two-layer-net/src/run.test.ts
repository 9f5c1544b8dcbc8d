import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { affine, relu, sequential, toSpec } from '@pullback/core'
import { expect, test } from 'vitest'
import { realData } from './realData.fixture.ts'
import { ran, temporaryFolder } from './terminal.fixture.ts'

const quick = ['--epochs', '3', '--hidden', '8']

test('the net is summed up, checked, trained and reported', async () => {
  const cwd = temporaryFolder()
  const { code, stdout, stderr } = await ran(quick, { cwd })
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toContain('softmaxCrossEntropy(3)')
  expect(stdout).toMatch(
    /^gradient check: 51 of 51 parameters agree with certified differences, worst relative error \S+ at fc/m,
  )
  expect(stdout).toMatch(/^epoch 3\/3 {2}loss \d/m)
  expect(stdout).toMatch(/\ntrain accuracy: \d+\.\d %\nvalidation accuracy: \d+\.\d %\n$/)
  expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Control}/u)
  expect(readdirSync(join(cwd, 'out', 'two-layer-net')).toSorted()).toEqual(['report.html', 'report.json'])
})

test.each([
  ['auto', /^computing by (?:wasm|blas): /m],
  ['wasm', /^computing by wasm: /m],
  ['reference', /^computing by reference interpreter$/m],
])('--backend %s: the first line of progress says who computes', async (backend, line) => {
  const cwd = temporaryFolder()
  const { code, stdout } = await ran([...quick, '--backend', backend], { cwd })
  expect(code).toBe(0)
  expect(stdout).toMatch(line)
  expect(stdout.indexOf('computing by')).toBeLessThan(stdout.indexOf('epoch 1/3'))
})

test('the same seed gives the same figures', async () => {
  const accuracies = async (seed: string) => {
    const { stdout } = await ran([...quick, '--seed', seed], { cwd: temporaryFolder() })
    return stdout.replace(/trained in .*/, '')
  }
  expect(await accuracies('1')).toBe(await accuracies('1'))
  expect(await accuracies('1')).not.toBe(await accuracies('2'))
})

test('a table is learnt, its names escaped in the report', async () => {
  const cwd = temporaryFolder()
  const rows = Array.from(
    { length: 60 },
    (_, row) => `${row % 2},${(row * 7) % 5},${row % 2 === 0 ? '<img src=x>' : '"""b"""'}`,
  )
  writeFileSync(join(cwd, '<b>.csv'), `"x<y",z,kind\n${rows.join('\n')}\n`)
  const { code, stdout, stderr } = await ran(
    ['--data', 'csv', '--dir', '.', '--epochs', '20', '--out', 'a/b'],
    { cwd },
  )
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toContain('validation accuracy: 100.0 %')
  const page = readFileSync(join(cwd, 'a', 'b', 'report.html'), 'utf8')
  expect(page).toContain('&lt;img src=x&gt;')
  expect(page).not.toMatch(/<img src=x|<b>\.csv/)
})

test('a net may come from a file', async () => {
  const cwd = temporaryFolder()
  const net = sequential(
    ['N', 2],
    ['a', affine(2, 6)],
    ['act', relu()],
    ['b', affine(6, 6)],
    ['act2', relu()],
    ['c', affine(6, 2)],
  )
  writeFileSync(join(cwd, 'net.json'), JSON.stringify(toSpec(net)))
  const { code, stdout } = await ran(['--data', 'moons', '--spec', 'net.json', '--epochs', '2'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toContain('gradient check: 74 of 74 parameters agree')
  const refused = await ran(['--spec', 'net.json'], { cwd })
  expect(refused).toMatchObject({ code: 2, stdout: '' })
  expect(refused.stderr).toMatch(/^--spec .*net\.json: it gives \[N, 2\], but 3 classes need \[N, 3\]\n$/)
})

test.each([
  ['an option', ['--hiden', '3']],
  ['a value', ['--hidden', '0']],
  ['a missing folder', ['--data', 'mnist', '--dir', 'none']],
  ['a missing file', ['--data', 'csv', '--dir', 'none.csv']],
  ['a missing spec', ['--spec', 'none.json']],
  ['a file in the place of the folder', ['--out', 'file/out']],
])('%s that is wrong ends with one sentence, code 2 and nothing written', async (_, argv) => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'file'), '')
  const { code, stdout, stderr } = await ran(argv, { cwd })
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/^[^\n]+\n$/)
  expect(readdirSync(cwd)).toEqual(['file'])
})

test('training that diverges ends with the reason, code 1 and no report', async () => {
  const cwd = temporaryFolder()
  const { code, stderr } = await ran([...quick, '--learning-rate', '1e9'], { cwd })
  expect(code).toBe(1)
  expect(stderr).toMatch(/^fit: the loss is .* at step \d+ .*; a lower learning rate may help\n$/)
  expect(existsSync(join(cwd, 'out'))).toBe(false)
})

test('a loss that grew is remarked upon, in the report, too', async () => {
  const cwd = temporaryFolder()
  const { code, stdout } = await ran([...quick, '--learning-rate', '300'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toMatch(/\n\nthe loss grew from \d\.\d{4} to \S+; a lower --learning-rate may help\n$/)
  expect(readFileSync(join(cwd, 'out', 'two-layer-net', 'report.html'), 'utf8')).toContain(
    'The loss grew from',
  )
})

test('an interruption is reported', async () => {
  const cwd = temporaryFolder()
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 100)
  const { code, stdout } = await ran(['--epochs', '100000', '--hidden', '8'], {
    cwd,
    interrupted: controller.signal,
  })
  expect(code).toBe(130)
  expect(stdout).toMatch(/stopped at step [\d,]+, in epoch \d+ of 100,000; the report is of that step/)
  expect(readFileSync(join(cwd, 'out', 'two-layer-net', 'report.html'), 'utf8')).toContain(
    'Training was stopped',
  )
})

test('help is printed', async () => {
  const { code, stdout, stderr } = await ran(['--help'])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toContain('--learning-rate')
})

/**
 * Trains as the program does when only data are named, by the backend that every machine has; gives the accuracy on their
 * test part in per cent.
 */
async function learnt(data: string, path: string): Promise<number> {
  const { code, stdout } = await ran(['--data', data, '--dir', path, '--backend', 'wasm'], {
    cwd: temporaryFolder(),
  })
  expect(code).toBe(0)
  return Number(/test accuracy: (\S+) %/.exec(stdout)?.[1])
}

const digits = realData('digits')
const cifar10 = realData('cifar10-12k')
const mnist = realData('mnist')
const patience = { timeout: 600_000 }

test.skipIf(digits.absent)(`digits are learnt to 96.5 %${digits.note}`, patience, async () => {
  expect(await learnt('digits', digits.path)).toBeGreaterThanOrEqual(96.5)
})

test.skipIf(cifar10.absent)(`a fifth of CIFAR-10 is learnt to 44 %${cifar10.note}`, patience, async () => {
  expect(await learnt('cifar10', cifar10.path)).toBeGreaterThanOrEqual(44)
})

test.skipIf(mnist.absent)(`MNIST is learnt to 98 %${mnist.note}`, patience, async () => {
  expect(await learnt('mnist', mnist.path)).toBeGreaterThanOrEqual(98)
})

const iris = realData('iris')

test.skipIf(iris.absent)(`a file of scikit-learn is read as it is${iris.note}`, async () => {
  const { code, stdout } = await ran(['--data', 'csv', '--dir', iris.path, '--epochs', '20'], {
    cwd: temporaryFolder(),
  })
  expect(code).toBe(0)
  expect(Number(/validation accuracy: (\S+) %/.exec(stdout)?.[1])).toBeGreaterThan(85)
})
