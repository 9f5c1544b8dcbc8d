import { declaredNames } from './imports.ts'
import type { Exports } from './publicNames.ts'

/** A module whose exports an example may use without importing them. */
export interface Source {
  readonly from: string
  readonly exports: Exports
}

/** The imports, on one line, of the names that `code` uses and does not declare; earlier sources come first. */
export function importsFor(code: string, sources: readonly Source[]): string {
  const taken = new Set(declaredNames(code))
  const used = new Set(code.match(/[A-Za-z_$][\w$]*/g) ?? [])
  return sources
    .map(({ from, exports }) => {
      const names = [...exports].filter(([name]) => used.has(name) && !taken.has(name))
      for (const [name] of names) taken.add(name)
      const specifiers = names.map(([name, kind]) => (kind === 'type' ? `type ${name}` : name))
      return names.length === 0 ? '' : `import { ${specifiers.join(', ')} } from '${from}'; `
    })
    .join('')
}
