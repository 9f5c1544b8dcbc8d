import type { File } from './tracked.ts'

const rootFolders = ['packages', 'examples', 'docs']
const rootFiles = [
  'pnpm-workspace.yaml',
  'pnpm-lock.yaml',
  'package.json',
  'tsconfig.base.json',
  'README.md',
  'LICENSE',
  'CONTRIBUTING.md',
]

const isSource = ({ path }: File): boolean =>
  /^(?:packages|examples)\/[^/]+\/src\/.*\.[cm]?[jt]sx?$/.test(path)

/** Files at the top that nobody has a place for; dotfiles and dot-folders are the tools' own. */
export const strayFiles = (files: readonly File[]): readonly string[] =>
  files
    .map(({ path }) => path)
    .filter((path) => {
      const [top = '', ...below] = path.split('/')
      return !top.startsWith('.') && !(below.length > 0 ? rootFolders : rootFiles).includes(top)
    })

/** Sources too long to be one concept. */
export const longFiles = (files: readonly File[], most: number): readonly string[] =>
  files
    .filter(isSource)
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0) }))
    .filter(({ lines }) => lines > most)
    .map(({ path, lines }) => `${path} has ${lines} lines, more than ${most}: split it by concept`)

/** Sources whose name, or whose folder's name, says nothing. */
export const namelessFiles = (files: readonly File[]): readonly string[] =>
  files
    .filter(isSource)
    .filter(({ path }) => /\/(?:utils?|helpers?)(?:\/|\.)/i.test(path))
    .map(({ path }) => `${path}: name it after what it holds`)

// Put together from parts, so that this file does not contain what it looks for.
const homes = ['home', 'Users', 'root', 'work', 'mnt'].join('|')
const machinePath = new RegExp(`(?<![\\w.~@:*})/-])(?:/(?:${homes})/\\w|[A-Z]:\\\\(?:${homes})\\\\)`)
const registryHost = /\b(?:registry|npm)\.[a-z0-9-]+\.(?:org|com|dev|io|net)\b/

/** Lines that name a place which exists on one machine only: a home folder, or a registry's host. */
export const localPlaces = (files: readonly File[]): readonly string[] =>
  files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        machinePath.test(line) || registryHost.test(line)
          ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`]
          : [],
      ),
  )
