import * as E from '#fp/Either'
import { describe, expect, it } from 'vitest'
import { findLibrary, type FindOptions } from './findLibrary.ts'
import type { Library } from './library.ts'
import { describeWithLibrary } from './machine.fixture.ts'

const sentence = (options: FindOptions): string => {
  const found = findLibrary(options)
  return E.isLeft(found) ? found.left.message : `found ${found.right.file}`
}

const none = () => E.left('cannot open shared object file: No such file or directory')
const only = (file: string) => (tried: string) => (tried === file ? E.right({ file } as Library) : none())

describe('without a library', () => {
  it('says what was tried and what to install', () => {
    expect(sentence({ env: {}, platform: 'linux', open: none })).toMatchInlineSnapshot(
      `"blas: expected a BLAS library, found none: tried libopenblasp.so.0, libopenblas.so.0, libopenblaso.so.0, libopenblas.so, libmkl_rt.so.2, libmkl_rt.so.1, libmkl_rt.so, libblis-mt.so.4, libblis.so.4, libblis-mt.so, libblis.so, libcblas.so.3, libblas.so.3, libcblas.so, libblas.so; install one (Debian, Ubuntu: \`apt install libopenblas0-pthread\`; Fedora: \`dnf install openblas-threads\`; macOS has Accelerate; Windows: a folder with libopenblas.dll in PATH), or let the environment variable PULLBACK_BLAS name its file"`,
    )
    expect(sentence({ env: {}, platform: 'darwin', open: none })).toMatchInlineSnapshot(
      `"blas: expected a BLAS library, found none: tried /System/Library/Frameworks/Accelerate.framework/Accelerate, libopenblas.dylib, /opt/homebrew/opt/openblas/lib/libopenblas.dylib, /usr/local/opt/openblas/lib/libopenblas.dylib, libmkl_rt.2.dylib, libmkl_rt.dylib, libblis.4.dylib, libblis.dylib; install one (Debian, Ubuntu: \`apt install libopenblas0-pthread\`; Fedora: \`dnf install openblas-threads\`; macOS has Accelerate; Windows: a folder with libopenblas.dll in PATH), or let the environment variable PULLBACK_BLAS name its file"`,
    )
    expect(sentence({ env: {}, platform: 'win32', open: none })).toMatchInlineSnapshot(
      `"blas: expected a BLAS library, found none: tried libopenblas.dll, openblas.dll, mkl_rt.2.dll, mkl_rt.1.dll, mkl_rt.dll, libblis.dll; install one (Debian, Ubuntu: \`apt install libopenblas0-pthread\`; Fedora: \`dnf install openblas-threads\`; macOS has Accelerate; Windows: a folder with libopenblas.dll in PATH), or let the environment variable PULLBACK_BLAS name its file"`,
    )
  })

  it('says so of the file that PULLBACK_BLAS names, and tries no other', () => {
    const env = { PULLBACK_BLAS: 'libnonsense.so' }
    expect(sentence({ env, open: only('libopenblas.so.0') })).toMatchInlineSnapshot(
      `"blas: PULLBACK_BLAS names "libnonsense.so", which is not a BLAS that loads: cannot open shared object file: No such file or directory; let it name a shared library with cblas_sgemm, or unset it for the usual ones to be tried"`,
    )
    expect(sentence({ env, open: () => E.left('it has no cblas_sgemm') })).toMatchInlineSnapshot(
      `"blas: PULLBACK_BLAS names "libnonsense.so", which is not a BLAS that loads: it has no cblas_sgemm; let it name a shared library with cblas_sgemm, or unset it for the usual ones to be tried"`,
    )
  })
})

it('takes the first that loads', () => {
  expect(sentence({ env: {}, platform: 'linux', open: only('libblis.so.4') })).toBe('found libblis.so.4')
  expect(sentence({ env: { PULLBACK_BLAS: '/x/y' }, open: only('/x/y') })).toBe('found /x/y')
  expect(sentence({ env: { PULLBACK_BLAS: '' }, platform: 'linux', open: only('libblas.so') })).toBe(
    'found libblas.so',
  )
})

describeWithLibrary('the libraries of a machine', ({ file, gemm }) => {
  it('do not include nonsense', () => {
    expect(sentence({ env: { PULLBACK_BLAS: 'libnonsense.so' } })).toMatch(
      /^blas: PULLBACK_BLAS names "libnonsense\.so", which is not a BLAS that loads: .*; let it name/,
    )
  })

  it('are loaded once', () => {
    const again = findLibrary({ env: { PULLBACK_BLAS: file } })
    expect(E.isRight(again) && again.right.gemm === gemm).toBe(true)
  })
})

it('does not take the library of C for a BLAS', () => {
  expect(sentence({ env: { PULLBACK_BLAS: 'libc.so.6' } })).toMatch(/^blas: /)
})
