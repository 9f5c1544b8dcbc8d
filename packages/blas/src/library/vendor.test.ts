import { expect, it } from 'vitest'
import type { CFunction, Handle } from './koffi.ts'
import { symbolsOf } from './symbols.ts'
import { threadsOf } from './threads.ts'
import { vendorOf } from './vendor.ts'

const gemm: Readonly<Record<string, CFunction>> = {
  cblas_sgemm: () => undefined,
  cblas_dgemm: () => undefined,
}

const handle = (functions: Readonly<Record<string, CFunction>>): Handle => ({
  func(name) {
    const found = functions[name]
    if (found === undefined) throw new Error(`Cannot find function '${name}' in shared library`)
    return found
  },
})

/** What a library with these functions, and those of BLAS, is. */
function vendor(file: string, functions: Readonly<Record<string, CFunction>>) {
  const symbols = symbolsOf(handle({ ...gemm, ...functions }))
  return symbols === undefined ? undefined : vendorOf(file, symbols)
}

it('knows OpenBLAS, its version and its integers', () => {
  const openBlas = (config: string) => vendor('libopenblas.so.0', { openblas_get_config: () => config })
  expect(openBlas('OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH Zen MAX_THREADS=64')).toMatchObject({
    name: 'OpenBLAS 0.3.21',
    wide: false,
    tuned: true,
  })
  expect(openBlas('OpenBLAS 0.3.30.dev USE64BITINT')).toMatchObject({
    name: 'OpenBLAS 0.3.30.dev',
    wide: true,
  })
  expect(openBlas('NO_AFFINITY Haswell')).toMatchObject({ name: 'OpenBLAS' })
})

it('knows MKL', () => {
  const functions = {
    MKL_Get_Max_Threads: () => 2,
    MKL_Get_Version_String: ((text: Uint8Array) =>
      new TextEncoder().encodeInto(
        'Intel(R) oneAPI Math Kernel Library Version 2024.2-Product',
        text,
      )) as CFunction,
  }
  expect(vendor('libmkl_rt.so.2', functions)).toMatchObject({ name: 'MKL 2024.2-Product', tuned: true })
})

it('knows BLIS and its integers', () => {
  const functions = { bli_info_get_version_str: () => '0.9.0', bli_info_get_blas_int_type_size: () => 64 }
  expect(vendor('libblis.so.4', functions)).toMatchObject({ name: 'BLIS 0.9.0', wide: true })
})

it('knows Accelerate by its place, and what else it does not know by its file', () => {
  const accelerate = '/System/Library/Frameworks/Accelerate.framework/Accelerate'
  expect(vendor(accelerate, {})).toMatchObject({ name: 'Accelerate', tuned: true })
  expect(vendor('/usr/lib/libblas.so.3', {})).toMatchObject({ name: 'BLAS libblas.so.3', tuned: false })
})

it('finds the functions of builds that rename them', () => {
  const symbols = symbolsOf(
    handle({ scipy_cblas_sgemm64_: () => 1, scipy_openblas_get_config64_: () => 2, bli_plain: () => 3 }),
  )
  expect(symbols?.wide).toBe(true)
  expect(symbols?.find('openblas_get_config', 'str', [])?.()).toBe(2)
  expect(symbols?.find('bli_plain', 'str', [])?.()).toBe(3)
  expect(symbols?.find('openblas_get_num_threads', 'int', [])).toBeUndefined()
  expect(symbolsOf(handle({ sgemm_: () => 1 }))).toBeUndefined()
})

it('tells a library its number of threads only as it changes', () => {
  const told: number[] = []
  const threads = threadsOf({ get: () => told.at(-1) ?? 8, set: (count) => told.push(count) })
  expect(threads.initial).toBe(8)
  for (const count of [8, 2, 2, 8, 8, 1]) threads.use(count)
  expect(told).toEqual([2, 8, 1])
  expect(threads.inUse()).toBe(1)
})

it('takes no number of threads, as of BLIS, for one', () => {
  expect(threadsOf({ get: () => -1, set: () => undefined }).initial).toBe(1)
})
