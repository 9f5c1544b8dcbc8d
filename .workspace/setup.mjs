// Everything a bare machine needs before anything else can run; plain Node, no dependencies.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { removeStale, rewriteDeclarations } from './dist.mjs'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

// Tools colour their output when `CI` is set, which is unreadable where it is kept as text.
const plain = process.stdout.isTTY || process.env['FORCE_COLOR'] ? {} : { NO_COLOR: '1' }

/**
 * Runs a command in the root (or `cwd`), its output passed on or captured; never throws.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ capture?: boolean, cwd?: string, env?: Record<string, string> }} [options]
 */
export function run(command, args, { capture = false, cwd = root, env = {} } = {}) {
  const result = spawnSync(command, args, {
    cwd,
    env: { ...plain, ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ? `${result.error.message}\n` : ''}`
  return { ok: result.status === 0, status: result.status ?? 1, stdout: result.stdout ?? '', output }
}

/**
 * The pnpm of `packageManager`, fetched by npx: a bare Node has npm, and corepack is not everywhere.
 *
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export const pnpm = (args, options) => run('npx', ['--yes', manifest.packageManager, ...args], options)

/** @param {string} name */
export const bin = (name) => join(root, 'node_modules', '.bin', name)

/** The folders of all workspace packages, relative to the root. */
export const workspaceFolders = () =>
  ['packages', 'examples'].flatMap((parent) =>
    (existsSync(join(root, parent)) ? readdirSync(join(root, parent)) : [])
      .filter((name) => existsSync(join(root, parent, name, 'package.json')))
      .map((name) => `${parent}/${name}`),
  )

function fingerprint() {
  const hash = createHash('sha256').update(process.version)
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']
  for (const file of [...files, ...workspaceFolders().map((folder) => `${folder}/package.json`)])
    if (existsSync(join(root, file))) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

/**
 * @param {string} sentence
 * @param {string} [output] what the failed command printed
 * @returns {never}
 */
function fail(sentence, output = '') {
  throw new Error(`${output}${output === '' ? '' : '\n'}${sentence}`)
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19))
    fail(`Pullback needs Node 20.19 or newer; this is Node ${process.versions.node}.`)
}

/** Installs the locked dependencies unless they are already those of the lock file. */
function install() {
  const stamp = join(root, 'node_modules', '.pullback-setup')
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  process.stderr.write('installing dependencies ...\n')
  const result = pnpm(['install', '--frozen-lockfile', '--prefer-offline'], {
    capture: true,
    env: { CI: 'true' },
  })
  if (!result.ok)
    fail('The dependencies could not be installed: see the output of pnpm above.', result.output)
  writeFileSync(stamp, wanted)
}

/** Compiles every package to its `dist`, incrementally, and bundles what is for Node. */
function build() {
  for (const folder of workspaceFolders()) removeStale(join(root, folder))
  const projects = workspaceFolders()
    .map((folder) => `${folder}/tsconfig.build.json`)
    .filter((file) => existsSync(join(root, file)))
  const result = run(bin('tsc'), ['--build', ...projects], { capture: true })
  if (!result.ok) fail('The packages could not be built: see the errors of tsc above.', result.output)
  for (const folder of workspaceFolders()) rewriteDeclarations(join(root, folder))
  const bundled = run(process.execPath, [join(root, '.workspace', 'bundle.mjs')], { capture: true })
  if (!bundled.ok) fail('The packages could not be bundled: see the errors above.', bundled.output)
}

/** Installs and builds; if that fails, says why, does what its caller wants said last, and ends the process. */
export function setUp(last = () => {}) {
  try {
    requireNode()
    install()
    build()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    last()
    process.exit(1)
  }
}
