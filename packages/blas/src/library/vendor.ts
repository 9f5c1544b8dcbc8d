import type { CFunction, CType } from './koffi.ts'
import type { Symbols } from './symbols.ts'

/** What a library is, as far as its own functions tell. */
export interface Vendor {
  /** `OpenBLAS 0.3.21` */
  readonly name: string
  /** Whether integers of its BLAS are of 64 bits though the names of its functions do not say so. */
  readonly wide: boolean
  /** Whether it is made for speed; the reference BLAS is not, and slower than WebAssembly. */
  readonly tuned: boolean
  readonly threads: ThreadControl | undefined
}

export interface ThreadControl {
  readonly get: () => number
  readonly set: (count: number) => void
}

/** A function that a library of this kind has, or undefined: then it is of another kind. */
type Find = (name: string, result: CType, ...parameters: readonly CType[]) => CFunction | undefined

const control = (get: CFunction | undefined, set: CFunction | undefined): ThreadControl | undefined =>
  get === undefined || set === undefined ? undefined : { get: () => Number(get()), set }

function openBlas(find: Find): Vendor | undefined {
  const config = find('openblas_get_config', 'str')
  if (config === undefined) return undefined
  const text = String(config())
  return {
    name: /^OpenBLAS(?: \d\S*)?/.exec(text)?.[0] ?? 'OpenBLAS',
    wide: /\bUSE64BITINT\b/.test(text),
    tuned: true,
    threads: control(
      find('openblas_get_num_threads', 'int'),
      find('openblas_set_num_threads', 'void', 'int'),
    ),
  }
}

function mkl(find: Find): Vendor | undefined {
  const get = find('MKL_Get_Max_Threads', 'int')
  if (get === undefined) return undefined
  const text = new Uint8Array(256)
  find('MKL_Get_Version_String', 'void', 'void *', 'int')?.(text, text.length)
  const version = /Version ([\w.-]+)/.exec(new TextDecoder().decode(text))?.[1]
  return {
    name: version === undefined ? 'MKL' : `MKL ${version}`,
    wide: false,
    tuned: true,
    threads: control(get, find('MKL_Set_Num_Threads', 'void', 'int')),
  }
}

function blis(find: Find): Vendor | undefined {
  const version = find('bli_info_get_version_str', 'str')
  if (version === undefined) return undefined
  const get = find('bli_thread_get_num_threads', 'int64_t')
  return {
    name: `BLIS ${String(version())}`,
    wide: Number(find('bli_info_get_blas_int_type_size', 'int64_t')?.()) === 64,
    tuned: true,
    threads: control(get, find('bli_thread_set_num_threads', 'void', 'int64_t')),
  }
}

const accelerate = (file: string): Vendor | undefined =>
  file.endsWith('/Accelerate')
    ? { name: 'Accelerate', wide: false, tuned: true, threads: undefined }
    : undefined

const other = (file: string, find: Find): Vendor => ({
  name: `BLAS ${file.replace(/^.*[/\\]/, '')}`,
  wide: false,
  tuned: find('ATL_buildinfo', 'void') !== undefined,
  threads: undefined,
})

/** Which library this is. */
export function vendorOf(file: string, symbols: Symbols): Vendor {
  const find: Find = (name, result, ...parameters) => symbols.find(name, result, parameters)
  return openBlas(find) ?? mkl(find) ?? blis(find) ?? accelerate(file) ?? other(file, find)
}
