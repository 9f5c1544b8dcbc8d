const value = /^(?<code>.*?)\s*\/\/ => (?<value>.+)$/
const thrown = /^(?<code>.*?)\s*\/\/ throws (?<value>(?<quote>['"`]).*\k<quote>)\s*$/
const declaration = /^\s*(?:const|let) (?<name>[\w$]+)/
const logged = /^(?<indent>\s*)console\.log\((?<argument>.*)\)$/s

const indentOf = (line: string): number => line.length - line.trimStart().length

/** Whether a statement cannot start at this line: it starts with a bracket or an operator, or the line above ends in one. */
const continues = (line: string, above: string): boolean =>
  /^\s*[)\]}.?:&|*/%<>=]/.test(line) || /[-+*/%=&|?:<>]$/.test(above.replace(/\s*\/\/.*$/, ''))

/** The index of the line at which the statement that ends at `last` starts, going by indentation. */
function statementStart(lines: readonly string[], last: number): number {
  let start = last
  while (start > 0 && continues(lines[start] ?? '', lines[start - 1] ?? '')) {
    const indent = indentOf(lines[start] ?? '')
    start -= 1
    while (start > 0 && (lines[start]?.trim() === '' || indentOf(lines[start] ?? '') > indent)) start -= 1
  }
  return start
}

/** The code of a comparison; `code` may span lines and keeps them. */
function comparison(code: string, expected: string, line: number): string {
  const name = declaration.exec(code)?.groups?.['name']
  if (name !== undefined) return `${code}; $.equal(${line}, ${name}, (${expected}))`
  const { indent = '', argument = code } = logged.exec(code)?.groups ?? {}
  return `${indent};$.equal(${line}, (${argument}), (${expected}))`
}

/** The index of the last line of the statement that an assertion at `index` is about: the line itself or one above. */
function statementEnd(lines: readonly string[], index: number, line: number): number {
  let end = index
  while (end >= 0 && lines[end]?.trim() === '') end -= 1
  if (end < 0 || /^\s*(?:\/\/|;(?:await )?\$\.)/.test(lines[end] ?? ''))
    throw new SyntaxError(`line ${line}: there is no expression before the comment`)
  return end
}

/**
 * Turns `expression // => value` and `expression // throws 'sentence'` into calls of the recorder `$`; every
 * statement stays on its lines. The comment may also stand on the line below. `first` is the number of the first line.
 */
export function rewriteAssertions(code: readonly string[], first: number): readonly string[] {
  const lines = [...code]
  for (const [index, text] of code.entries()) {
    const equal = value.exec(text)?.groups
    const throws = thrown.exec(text)?.groups
    const found = equal ?? throws
    if (found === undefined) continue
    const line = first + index
    lines[index] = (found['code'] ?? '').replace(/;$/, '')
    const end = statementEnd(lines, index, line)
    const start = statementStart(lines, end)
    const statement = lines.slice(start, end + 1).join('\n')
    const expected = found['value'] ?? ''
    const call =
      equal === undefined
        ? `;await $.throws(${line}, async () => (${statement}), ${expected})`
        : comparison(statement, expected, line)
    lines.splice(start, end + 1 - start, ...call.split('\n'))
  }
  return lines
}
