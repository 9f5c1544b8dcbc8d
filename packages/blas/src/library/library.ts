import * as E from '#fp/Either'
import { said, type CType, type Koffi } from './koffi.ts'
import { symbolsOf } from './symbols.ts'
import { threadsOf, type Threads } from './threads.ts'
import { vendorOf } from './vendor.ts'

/**
 * `cblas_sgemm` or `cblas_dgemm`. Addresses are BigInts: those of 64 bits that are numbers would be put on the heap at
 * every call, and a BigInt that is kept is not.
 */
export type Gemm = (
  layout: number,
  transposeA: number,
  transposeB: number,
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: bigint,
  lda: number,
  b: bigint,
  ldb: number,
  beta: number,
  c: bigint,
  ldc: number,
) => void

/** A BLAS that is loaded, for the rest of the process. */
export interface Library {
  /** The file that was loaded, as it was named. */
  readonly file: string
  /** `OpenBLAS 0.3.21` */
  readonly name: string
  /** Whether it is made for speed; the reference BLAS is not, and slower than WebAssembly. */
  readonly tuned: boolean
  /** Undefined where the library cannot be told how many threads to use. */
  readonly threads: Threads | undefined
  readonly gemm: { readonly float32: Gemm; readonly float64: Gemm }
  /** Where the memory below a view begins. */
  readonly address: (view: Uint8Array) => bigint
}

const gemmParameters = (real: CType, int: CType): readonly CType[] =>
  // The layout and the transposes are C enums, which are `int` in every build.
  ['int', 'int', 'int', int, int, int, real, 'void *', int, 'void *', int, real, 'void *', int]

/**
 * A library that was loaded stays so: to unload one whose threads wait for work ends the process. This also keeps one
 * account of its number of threads.
 */
const opened = new Map<string, Library>()

/** Loads a library; on the left why it is of no use. */
export function openLibrary(koffi: Koffi, file: string): E.Either<string, Library> {
  const known = opened.get(file)
  if (known !== undefined) return E.right(known)
  const handle = E.tryCatch(() => koffi.load(file), said)
  if (E.isLeft(handle)) return handle
  const symbols = symbolsOf(handle.right)
  if (symbols === undefined) return E.left('it has no cblas_sgemm')
  const vendor = vendorOf(file, symbols)
  const int = symbols.wide || vendor.wide ? 'int64_t' : 'int'
  const float32 = symbols.find('cblas_sgemm', 'void', gemmParameters('float', int))
  const float64 = symbols.find('cblas_dgemm', 'void', gemmParameters('double', int))
  if (float32 === undefined || float64 === undefined) return E.left('it has no cblas_dgemm')
  const library: Library = {
    file,
    name: vendor.name,
    tuned: vendor.tuned,
    threads: vendor.threads && threadsOf(vendor.threads),
    gemm: { float32, float64 },
    address: koffi.address,
  }
  opened.set(file, library)
  return E.right(library)
}
