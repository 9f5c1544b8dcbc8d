/** Where libraries are looked for: `process.platform`, of which all but these two are taken for Linux. */
export type Platform = 'darwin' | 'win32' | (string & {})

/** Names that the loader of the system finds, best first; what is threaded comes before what is not. */
const linux = [
  'libopenblasp.so.0',
  'libopenblas.so.0',
  'libopenblaso.so.0',
  'libopenblas.so',
  'libmkl_rt.so.2',
  'libmkl_rt.so.1',
  'libmkl_rt.so',
  'libblis-mt.so.4',
  'libblis.so.4',
  'libblis-mt.so',
  'libblis.so',
  'libcblas.so.3',
  'libblas.so.3',
  'libcblas.so',
  'libblas.so',
]

/** Accelerate is on every Mac, and alone in using the matrix unit of Apple's chips. Homebrew links no library by name. */
const darwin = [
  '/System/Library/Frameworks/Accelerate.framework/Accelerate',
  'libopenblas.dylib',
  '/opt/homebrew/opt/openblas/lib/libopenblas.dylib',
  '/usr/local/opt/openblas/lib/libopenblas.dylib',
  'libmkl_rt.2.dylib',
  'libmkl_rt.dylib',
  'libblis.4.dylib',
  'libblis.dylib',
]

const win32 = ['libopenblas.dll', 'openblas.dll', 'mkl_rt.2.dll', 'mkl_rt.1.dll', 'mkl_rt.dll', 'libblis.dll']

/**
 * The files to try, in this order.
 *
 * @param named what the environment variable PULLBACK_BLAS says: then that file alone
 */
export function candidates(named: string | undefined, platform: Platform): readonly string[] {
  if (named !== undefined && named !== '') return [named]
  if (platform === 'darwin') return darwin
  return platform === 'win32' ? win32 : linux
}
