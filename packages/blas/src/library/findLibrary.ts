import * as E from '#fp/Either'
import { candidates, type Platform } from './candidates.ts'
import { loadKoffi, type Koffi } from './koffi.ts'
import { openLibrary, type Library } from './library.ts'

/** Why there is no BLAS. */
export interface BlasError {
  /** `koffi`: native code cannot be called; `named`: what PULLBACK_BLAS names is of no use; `missing`: none was found. */
  readonly kind: 'koffi' | 'named' | 'missing'
  /** The files that were tried. */
  readonly tried: readonly string[]
  readonly message: string
}

export interface FindOptions {
  /** The environment, whose PULLBACK_BLAS may name the file of the library; that of the process by default. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** As in `process.platform`, the default. */
  readonly platform?: Platform
  /** Loads a file, or says why it is of no use; `koffi` by default. */
  readonly open?: Open
}

type Open = (file: string) => E.Either<string, Library>

const install =
  'install one (Debian, Ubuntu: `apt install libopenblas0-pthread`; Fedora: `dnf install openblas-threads`; ' +
  'macOS has Accelerate; Windows: a folder with libopenblas.dll in PATH), or let the environment variable ' +
  'PULLBACK_BLAS name its file'

const withoutKoffi = (reason: string): BlasError => ({
  kind: 'koffi',
  tried: [],
  message:
    `blas: the package koffi, which calls the library, did not load on ${process.platform} ${process.arch}: ` +
    `${reason}; install @pullback/blas with its optional dependencies, or use the backend wasm`,
})

const ofNoUse = (file: string, reason: string): BlasError => ({
  kind: 'named',
  tried: [file],
  message:
    `blas: PULLBACK_BLAS names ${JSON.stringify(file)}, which is not a BLAS that loads: ${reason}; ` +
    'let it name a shared library with cblas_sgemm, or unset it for the usual ones to be tried',
})

const missing = (tried: readonly string[]): BlasError => ({
  kind: 'missing',
  tried,
  message: `blas: expected a BLAS library, found none: tried ${tried.join(', ')}; ${install}`,
})

const openedByKoffi = (): E.Either<string, Open> =>
  E.map<Koffi, Open>((koffi) => (file) => openLibrary(koffi, file))(loadKoffi())

/**
 * Looks for the BLAS of this machine: the one that the environment variable `PULLBACK_BLAS` names (a path, or a name that
 * the system's loader finds), or else OpenBLAS, MKL, BLIS, and what else exports `cblas_sgemm`; on a Mac Accelerate first.
 *
 * @example
 * const open = () => ({ _tag: 'Left', left: 'no such file' }) as const
 * const found = findLibrary({ env: { PULLBACK_BLAS: 'libnonsense.so' }, open })
 * found._tag === 'Left' ? found.left.tried : [] // => ['libnonsense.so']
 */
export function findLibrary(options: FindOptions = {}): E.Either<BlasError, Library> {
  const { env = process.env, platform = process.platform } = options
  const opener = options.open === undefined ? openedByKoffi() : E.right(options.open)
  if (E.isLeft(opener)) return E.left(withoutKoffi(opener.left))
  const named = env['PULLBACK_BLAS']
  const tried: string[] = []
  for (const file of candidates(named, platform)) {
    const library = opener.right(file)
    if (E.isRight(library)) return library
    if (file === named) return E.left(ofNoUse(file, library.left))
    tried.push(file)
  }
  return E.left(missing(tried))
}
