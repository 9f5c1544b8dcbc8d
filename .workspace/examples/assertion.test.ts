import { describe, expect, it } from 'vitest'
import { rewriteAssertions } from './assertion.ts'

const rewrite = (code: string): string => rewriteAssertions(code.split('\n'), 10).join('\n')

describe('a value after an arrow', () => {
  it('is compared with the expression before it', () => {
    expect(rewrite('add(1, 2) // => 3')).toBe(';$.equal(10, (add(1, 2)), (3))')
  })

  it('is compared with an expression of several lines, which stay as they are', () => {
    expect(rewrite('const x = 1\npipe(\n  x,\n\n  f,\n) // => [2]')).toBe(
      'const x = 1\n;$.equal(15, (pipe(\n  x,\n\n  f,\n)), ([2]))',
    )
    expect(rewrite('f()\nlist\n  .map((n) => n)\n  .at(0) // => 1')).toBe(
      'f()\n;$.equal(13, (list\n  .map((n) => n)\n  .at(0)), (1))',
    )
    expect(rewrite('f()\na +\n  b // => 1')).toBe('f()\n;$.equal(12, (a +\n  b), (1))')
  })

  it('is compared with a variable where it is declared, and with what is logged', () => {
    expect(rewrite('const x = f() // => 3')).toBe('const x = f(); $.equal(10, x, (3))')
    expect(rewrite('console.log(f(1)) // => 3')).toBe(';$.equal(10, (f(1)), (3))')
  })

  it('may stand on the line below', () => {
    expect(rewrite('f()\ng(\n  1,\n)\n// => [2]')).toBe('f()\n;$.equal(14, (g(\n  1,\n)), ([2]))\n')
  })

  it('may stand in a loop', () => {
    expect(rewrite('for (const x of xs) {\n  x // => 3\n}')).toBe(
      'for (const x of xs) {\n;$.equal(11, (  x), (3))\n}',
    )
  })
})

it('expects a thrown sentence', () => {
  expect(rewrite("f(\n  1,\n) // throws 'no: 1'")).toBe(
    ";await $.throws(12, async () => (f(\n  1,\n)), 'no: 1')",
  )
})

it('leaves other code and comments alone', () => {
  for (const code of [
    "f('// = >')",
    'const f = (x: number) => x // doubles',
    'const f = (x: number) => x // throws nothing',
  ])
    expect(rewrite(code)).toBe(code)
})

it('refuses an assertion about nothing', () => {
  for (const code of ['// => 1', '// a comment\n// => 1', 'f() // => 1\n// => 2'])
    expect(() => rewrite(code)).toThrow('there is no expression before the comment')
})
