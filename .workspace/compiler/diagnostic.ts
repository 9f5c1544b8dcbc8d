/** One error of the compiler; lines and columns count from 1. */
export interface Diagnostic {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly code: string
  /** The sentence, and below it, indented, the explanations that the compiler adds. */
  readonly message: string
}

const head = /^(?<file>.+?)\((?<line>\d+),(?<column>\d+)\): error (?<code>TS\d+): (?<message>.*)$/

/** Reads the output of `tsc --pretty false`; indented lines continue the message above them. */
export function parseDiagnostics(output: string): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  for (const text of output.split(/\r?\n/)) {
    const fields = head.exec(text)?.groups
    const last = found.at(-1)
    if (fields !== undefined)
      found.push({
        file: fields['file'] ?? '',
        line: Number(fields['line']),
        column: Number(fields['column']),
        code: fields['code'] ?? '',
        message: fields['message'] ?? '',
      })
    else if (last !== undefined && text.startsWith(' '))
      found[found.length - 1] = { ...last, message: `${last.message}\n${text}` }
  }
  return found
}
