const statement =
  /^[ \t]*import (?<type>type )?(?:\{(?<names>[^}]*)\}|(?<other>[^'"{}]+)) from (?<from>'[^']+'|"[^"]+");?[ \t]*$/gm

/** The name that an import specifier (`a`, `type A`, `a as b`) declares. */
const localName = (specifier: string): string =>
  specifier
    .replace(/^type /, '')
    .split(' as ')
    .at(-1) ?? specifier

/** Drops what an earlier import of the page has already imported; lines stay where they are. */
export function dropRepeatedImports(code: string): string {
  const seen = new Set<string>()
  return code.replaceAll(statement, (text, type = '', names, other, from) => {
    const breaks = '\n'.repeat(text.split('\n').length - 1)
    const specifiers = ((names ?? other) as string)
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
    const fresh = specifiers.filter((name) => !seen.has(`${from} ${localName(name)}`))
    for (const name of fresh) seen.add(`${from} ${localName(name)}`)
    if (fresh.length === specifiers.length) return text
    return fresh.length === 0 ? breaks : `import ${type}{ ${fresh.join(', ')} } from ${from}${breaks}`
  })
}

/** The names that a piece of code declares or imports at any depth. */
export function declaredNames(code: string): ReadonlySet<string> {
  const names = new Set<string>()
  for (const [, name = ''] of code.matchAll(
    /\b(?:const|let|var|function\*?|class|interface|type|enum) ([\w$]+)/g,
  ))
    names.add(name)
  for (const [, pattern = ''] of code.matchAll(/\b(?:const|let|var) ([[{][^=]*[\]}]) =/g))
    for (const [name] of pattern.matchAll(/[\w$]+/g)) names.add(name)
  for (const [, specifiers = ''] of code.matchAll(/^[ \t]*import (?:type )?([^'"]+) from /gm))
    for (const [name] of specifiers.matchAll(/[\w$]+/g)) names.add(name)
  return names
}
