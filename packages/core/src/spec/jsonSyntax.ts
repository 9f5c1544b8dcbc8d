import { excerpt } from './excerpt.ts'
import { maximumDepth } from './spec.ts'

/** What is wrong with a text that should be JSON, and at which of its characters. */
export interface SyntaxFault {
  readonly offset: number
  readonly sentence: string
}

/** What may come next; `first` is what follows an opening bracket. */
type Expected = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'next' | 'end'

const wanted: { readonly [E in Exclude<Expected, 'next'>]: string } = {
  value: 'a value',
  'first value': 'a value or "]"',
  key: 'a field name in double quotes',
  'first key': 'a field name in double quotes or "}"',
  colon: '":"',
  end: 'the end of the text',
}

/** Deeper than any spec: a net in a net is three brackets deeper. */
const deepest = 3 * maximumDepth + 100

const space = /[ \t\n\r]*/y
const plain = /[ !#-[\]-\uffff]*/y
const escapeSequence = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y
const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y

/** Where a match of a sticky expression at `offset` ends; `offset` if there is none. */
function endOf(expression: RegExp, text: string, offset: number): number {
  expression.lastIndex = offset
  return expression.test(text) ? expression.lastIndex : offset
}

/** Where the string that begins at `offset` ends, or what is wrong with it. */
function stringEnd(text: string, offset: number): number | SyntaxFault {
  let here = offset + 1
  for (;;) {
    here = endOf(plain, text, here)
    if (text[here] === '"') return here + 1
    if (here >= text.length) return { offset, sentence: 'the string that begins here has no closing quote' }
    const end = text[here] === '\\' ? endOf(escapeSequence, text, here) : here
    if (end === here)
      return { offset: here, sentence: `${excerpt(text.slice(here, here + 2))} cannot stand in a string` }
    here = end
  }
}

const keyOf = (quoted: string): string =>
  quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1)

/**
 * The first place where a text is not JSON, or where a field is written twice, which JSON.parse passes over in silence.
 * It takes no recursion, and the answer does not depend on the engine.
 */
export function syntaxFault(text: string): SyntaxFault | undefined {
  const open: (Set<string> | undefined)[] = []
  let expected: Expected = 'value'
  let here = 0
  const after = (): Expected => (open.length === 0 ? 'end' : 'next')
  for (;;) {
    here = endOf(space, text, here)
    const character = text[here]
    if (expected === 'end' && character === undefined) return undefined
    const keys = open.at(-1)
    const isKey: boolean = expected === 'key' || expected === 'first key'
    const isValue: boolean = expected === 'value' || expected === 'first value'
    if (character === '"' && (isKey || isValue)) {
      const end = stringEnd(text, here)
      if (typeof end !== 'number') return end
      if (isKey) {
        const key = keyOf(text.slice(here, end))
        if (keys?.has(key)) return { offset: here, sentence: `the field ${excerpt(key)} is written twice` }
        keys?.add(key)
      }
      expected = isKey ? 'colon' : after()
      here = end
    } else if (isValue && (character === '{' || character === '[')) {
      if (open.length === deepest) return { offset: here, sentence: `nested deeper than ${deepest} levels` }
      open.push(character === '{' ? new Set() : undefined)
      expected = character === '{' ? 'first key' : 'first value'
      here += 1
    } else if (expected === 'colon' && character === ':') {
      expected = 'value'
      here += 1
    } else if (expected === 'next' && character === ',') {
      expected = keys === undefined ? 'value' : 'key'
      here += 1
    } else if (
      (character === '}' && keys !== undefined && (expected === 'next' || expected === 'first key')) ||
      (character === ']' && keys === undefined && (expected === 'next' || expected === 'first value'))
    ) {
      open.pop()
      expected = after()
      here += 1
    } else {
      const end = isValue ? endOf(scalar, text, here) : here
      if (end === here) return unexpected(text, here, expected, keys !== undefined)
      expected = after()
      here = end
    }
  }
}

function unexpected(text: string, offset: number, expected: Expected, inObject: boolean): SyntaxFault {
  const want = expected === 'next' ? (inObject ? '"," or "}"' : '"," or "]"') : wanted[expected]
  const word = /[^\s,:[\]{}"]+|[\s\S]?/y
  word.lastIndex = offset
  const [found = ''] = word.exec(text.slice(0, offset + 80)) ?? []
  return {
    offset,
    sentence: `expected ${want}, found ${found === '' ? 'the end of the text' : excerpt(found)}`,
  }
}
