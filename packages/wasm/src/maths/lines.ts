import { sequence, when, type Code } from '../assembler/code.ts'
import type { FunctionBuilder } from '../assembler/module.ts'

/** A function written line by line. */
export interface Lines extends Pick<FunctionBuilder, 'local'> {
  /** Writes a statement. */
  readonly line: (statement: Code) => void
  /** Keeps a vector, so that it can be used many times. */
  readonly keep: (value: Code) => Code
  /** Sets a vector that was kept to another value. */
  readonly assign: (kept: Code, value: Code) => void
  /** Lines that run only where the int32 is not 0. */
  readonly when: (condition: Code, body: () => void) => void
}

/** All lines that `body` writes, then the value that it returns. */
export function writeLines({ local }: FunctionBuilder, body: (lines: Lines) => Code): Code {
  let written: Code[] = []
  const setters = new Map<Code, (value: Code) => Code>()
  const result = body({
    local,
    line(statement) {
      written.push(statement)
    },
    keep(value) {
      const kept = local('v128')
      written.push(kept.set(value))
      setters.set(kept.get, kept.set)
      return kept.get
    },
    assign(kept, value) {
      const set = setters.get(kept)
      if (set === undefined) throw new Error('only what was kept can be set to another value')
      written.push(set(value))
    },
    when(condition, inside) {
      const outer = written
      const inner: Code[] = []
      written = inner
      inside()
      written = outer
      written.push(when(condition, sequence(...inner)))
    },
  })
  return sequence(...written, result)
}
