import { describe, expect, it } from 'vitest'
import { readDocstrings } from './docstring.ts'
import { readMarkdown } from './markdown.ts'

describe('docstrings', () => {
  it('give the code below @example, up to the next tag or the end, at its place', () => {
    const source = `import a from 'a'

/**
 * One.
 *
 * @example
 * const x = f({
 *   a: 1,
 * })
 * @throws never
 * @example
 * x // => 1
 */
export const f = 1
/** @example is not code here */
  /**
   * @example
   * y
   */
`
    expect(readDocstrings(source)).toEqual([
      { opening: 6, code: ['   const x = f({', '     a: 1,', '   })'] },
      { opening: 11, code: ['   x // => 1'] },
      { opening: 17, code: ['     y'] },
    ])
  })

  it('refuse code beside the tag, which would be lost', () => {
    expect(() => readDocstrings('/**\n * @example f(1) // => 2\n */')).toThrow(
      'line 2: the code of @example starts on the line below it',
    )
  })
})

describe('Markdown', () => {
  it('gives the ts blocks and how they are to be treated', () => {
    const page =
      '# Title\n```ts\na()\n```\n```sh\n```ts\n```\n````ts no-run\n```\n````\n```ts fragment\nb(...)\n```\n'
    expect(readMarkdown(page)).toEqual([
      { opening: 2, code: ['a()'], treatment: 'run' },
      { opening: 8, code: ['```'], treatment: 'no-run' },
      { opening: 11, code: ['b(...)'], treatment: 'fragment' },
    ])
  })

  it('refuses a tag that it does not know', () => {
    expect(() => readMarkdown('```ts norun\n```')).toThrow(
      "line 1: a ts block is tagged no-run or fragment, not 'norun'",
    )
  })
})
