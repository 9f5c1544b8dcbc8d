import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { npm } from './consumer.ts'

/** A Node to run the program on: its binary, or in the title why there is none. */
export interface Node {
  readonly title: string
  readonly binary?: string
}

const majors = [20, 22, 24, 26]
const running = Number(process.versions.node.split('.')[0])
const platform = process.platform === 'win32' ? 'win' : process.platform
const wanted = Boolean(process.env['CI'] ?? process.env['PULLBACK_NODES'])

/** The binary of another major version, kept in the system's temporary folder; npm has Node as a package, too. */
function fetched(major: number): Node {
  const name = `node-${platform}-${process.arch}`
  const folder = join(tmpdir(), 'pullback-nodes', `${name}-${major}`)
  const binary = join(folder, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node')
  if (existsSync(binary)) return { title: `${major}`, binary }
  if (!wanted) return { title: `${major} (not at hand: \`npm run test:nodes\` fetches and runs it)` }
  mkdirSync(folder, { recursive: true })
  try {
    npm(folder, ['install', '--no-save', '--force', `${name}@${major}`])
  } catch {
    return { title: `${major} (npm could not install ${name}@${major})` }
  }
  return existsSync(binary)
    ? { title: `${major}`, binary }
    : { title: `${major} (${name}@${major} holds no binary)` }
}

/** This Node first, then the other supported major versions. */
export const nodes = (): readonly Node[] => [
  { title: `${running}, this one`, binary: process.execPath },
  ...majors.filter((major) => major !== running).map(fetched),
]
