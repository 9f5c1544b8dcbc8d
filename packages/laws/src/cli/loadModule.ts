import { existsSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fine, wrong, type Fallible } from './fallible.ts'

/** What imports a module by its URL. */
export type Importer = (url: string) => Promise<Readonly<Record<string, unknown>>>

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? ''

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '')

/** The line of a syntax error, which Node prints at the head of the stack. */
const lineOf = ({ stack = '' }: Error): string => {
  const line = /:(\d+)$/.exec(firstLine(stack))?.[1]
  return line === undefined ? '' : `, line ${line},`
}

/** Why a module cannot be imported, in one sentence without a stack trace or a path of this machine. */
function reason(file: string, error: unknown): string {
  if (!(error instanceof Error)) return `${file} throws when it is imported: ${firstLine(String(error))}`
  const message = firstLine(error.message)
  const code = codeOf(error)
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.[cm]?ts$/.test(file))
    return `${file}: Node ${process.versions.node} cannot run TypeScript; compile it first, or use Node 22.18 or newer`
  if (code === 'ERR_MODULE_NOT_FOUND') {
    const missing = /'([^']+)'/.exec(message)?.[1] ?? 'a module'
    return `${file} imports ${missing.includes('/') && !missing.startsWith('@') ? basename(missing) : missing}, which cannot be found`
  }
  if (error instanceof SyntaxError || code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX')
    return `${file}${lineOf(error)} cannot be read: ${message}`

  return `${file} throws when it is imported: ${message}`
}

/** The exports of a module. */
export async function loadModule(
  file: string,
  cwd: string,
  importer: Importer,
): Promise<Fallible<Readonly<Record<string, unknown>>>> {
  const path = resolve(cwd, file)
  if (!existsSync(path)) return wrong(`there is no file ${file}`)
  if (!statSync(path).isFile()) return wrong(`${file} is not a file`)
  try {
    return fine(await importer(pathToFileURL(path).href))
  } catch (error) {
    return wrong(reason(file, error))
  }
}
