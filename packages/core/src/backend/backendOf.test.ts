import { backendOf, backends, registerBackend } from '@pullback/core'
import { expect, test } from 'vitest'

test('the fastest that is there is the reference interpreter, if nothing else is', () => {
  const [only] = backends()
  for (const choice of ['auto', 'reference'] as const) expect(backendOf(choice)).toBe(only)
})

test.each([
  [
    'wasm',
    "the backend 'wasm' is not loaded: install @pullback/wasm and import it first; if it was imported, it registered with another copy of @pullback/core",
  ],
  [
    'blas',
    "the backend 'blas' is not loaded: install @pullback/blas and import it first; if it was imported, it registered with another copy of @pullback/core",
  ],
  ['gpu', "there is no backend 'gpu', only auto, reference, wasm, blas"],
])('%s, which is not', (name, sentence) => {
  expect(() => backendOf(name as 'wasm')).toThrow(
    expect.objectContaining({ name: 'TypeError', message: sentence }),
  )
})

test('one that cannot compute here is not listed, but chosen by its name it says why', () => {
  const broken = {
    ...backendOf('reference'),
    name: 'broken',
    rank: -1,
    prepare: () => {
      throw new Error('install the library')
    },
  }
  registerBackend(broken)
  expect(backendOf('broken')).toBe(broken)
  expect(backends().map(({ name }) => name)).toEqual(['reference'])
  expect(() => backendOf('other')).toThrow("there is no backend 'other', only auto, reference, wasm, blas")
})
