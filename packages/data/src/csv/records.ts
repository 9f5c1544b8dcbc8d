import type { Fault } from '../errors/dataError.ts'

/** The fields between two line ends, unquoted; fields without quotes are trimmed. */
export interface CsvRecord {
  /** The line it starts on, from 1. */
  readonly line: number
  readonly fields: readonly string[]
}

/** Splits text that comes in pieces into records, and hands over each when it is whole. */
export interface RecordSplitter {
  readonly take: (text: string) => Fault | undefined
  readonly end: () => Fault | undefined
}

/** The longest field and the longest record, so that a file that is no CSV ends in a sentence, not out of memory. */
const limit = 2 ** 20

/**
 * RFC 4180, and what occurs besides: any of LF, CR LF and CR ends a line, quotes inside an unquoted field stand for
 * themselves, blank lines at the end do not count.
 *
 * @param emit takes a record; a fault of it ends the splitting
 */
export function recordSplitter(
  delimiter: string,
  emit: (record: CsvRecord) => Fault | undefined,
): RecordSplitter {
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  let line = 1
  let startLine = 1
  let blankLine: number | undefined
  let field = ''
  let fields: string[] = []
  let afterReturn = false

  const at = (): string => `line ${startLine}, column ${fields.length + 1}`
  const endField = (): void => {
    fields.push(state === 'closed' ? field : field.trim())
    field = ''
    state = 'start'
  }
  const endRecord = (): Fault | undefined => {
    const blank = state !== 'closed' && fields.length === 0 && field.trim() === ''
    endField()
    const record = { line: startLine, fields }
    fields = []
    if (blank) {
      blankLine ??= record.line
      return undefined
    }
    return blankLine === undefined
      ? emit(record)
      : {
          kind: 'count',
          at: `line ${blankLine}`,
          expected: 'fields, since more lines follow',
          found: 'a blank line',
        }
  }
  const endLine = (): Fault | undefined => {
    const fault = endRecord()
    line += 1
    startLine = line
    return fault
  }
  const surplus = (): Fault => ({
    kind: 'value',
    at: at(),
    expected: 'the next field after a closing quote',
    found: 'more text',
    remedy: 'write a quote inside a quoted field twice',
  })

  /** Takes the characters of a field from a position on that need no decision; returns where they end. */
  const scan = (text: string, from: number): number => {
    let to = from
    if (state === 'quoted') {
      for (; to < text.length && text[to] !== '"'; to++) if (text[to] === '\n') line += 1
    } else {
      while (to < text.length && text[to] !== delimiter && text[to] !== '\n' && text[to] !== '\r') to++
    }
    field += text.slice(from, to)
    return to
  }

  const step = (character: string): Fault | undefined => {
    const quote = character === '"'
    if (state === 'quoted') state = 'closed'
    else if (quote && state === 'start') state = 'quoted'
    else if (quote && state === 'closed') {
      field += '"'
      state = 'quoted'
    } else if (character === delimiter) endField()
    else if (character === '\n' || character === '\r') {
      afterReturn = character === '\r'
      return endLine()
    } else if (state === 'closed') return surplus()
    else state = 'plain'
    return undefined
  }

  const tooLong = (): Fault => ({
    kind: 'value',
    at: at(),
    expected: `at most ${limit} characters in a field and fields in a line`,
    found: 'more',
    remedy: 'is this a CSV file, and is every quote closed?',
  })

  return {
    take: (text) => {
      for (let position = 0; position < text.length;) {
        const character = text[position] ?? ''
        const continued = afterReturn && character === '\n'
        afterReturn = false
        if (state === 'quoted' && character !== '"') position = scan(text, position)
        else if (continued) position += 1
        else {
          const fault = step(character)
          if (fault !== undefined) return fault
          position = state === 'plain' ? scan(text, position) : position + 1
        }
        if (field.length > limit || fields.length > limit) return tooLong()
      }
      return undefined
    },
    end: () => {
      if (state === 'quoted')
        return {
          kind: 'truncated',
          at: at(),
          expected: 'a closing quote',
          found: 'the end of the file',
          remedy: 'the file is cut off, or a quote is missing',
        }
      return state === 'start' && fields.length === 0 ? undefined : endRecord()
    },
  }
}
