import { backendOf, backends } from '@pullback/core'
import { expect, test } from 'vitest'

test('the fastest that is there is the reference interpreter, if nothing else is', () => {
  const [only] = backends()
  for (const choice of ['auto', 'reference'] as const) expect(backendOf(choice)).toBe(only)
})

test.each([
  ['wasm', "the backend 'wasm' is not loaded: install @pullback/wasm and import it first"],
  ['blas', "the backend 'blas' is not loaded: install @pullback/blas and import it first"],
  ['gpu', "there is no backend 'gpu', only auto, reference, wasm, blas"],
])('%s, which is not', (name, sentence) => {
  expect(() => backendOf(name as 'wasm')).toThrow(
    expect.objectContaining({ name: 'TypeError', message: sentence }),
  )
})
