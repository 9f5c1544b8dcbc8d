import { expect, it } from 'vitest'
import { candidates } from './candidates.ts'

it('begins with what is best on each platform', () => {
  expect(candidates(undefined, 'linux').slice(0, 2)).toEqual(['libopenblasp.so.0', 'libopenblas.so.0'])
  expect(candidates(undefined, 'freebsd')).toEqual(candidates(undefined, 'linux'))
  expect(candidates(undefined, 'darwin')[0]).toMatch(/Accelerate$/)
  expect(candidates('', 'win32')[0]).toBe('libopenblas.dll')
})

it('prefers OpenBLAS, MKL, BLIS to whatever is called BLAS', () => {
  const order = candidates(undefined, 'linux').map((file) => /openblas|mkl|blis/.exec(file)?.[0] ?? 'other')
  expect([...new Set(order)]).toEqual(['openblas', 'mkl', 'blis', 'other'])
})

it.each(['linux', 'darwin', 'win32'])('names no file twice, on %s', (platform) => {
  const files = candidates(undefined, platform)
  expect(new Set(files).size).toBe(files.length)
})

it('is the named file alone', () => {
  expect(candidates('libmine.so', 'linux')).toEqual(['libmine.so'])
})
