import { f32x4, lane, op } from '../assembler/code.ts'
import { moduleBuilder } from '../assembler/module.ts'
import { builtinModule } from './builtinModule.ts'
import { webAssembly } from './webAssembly.ts'

/** What the engine can do beyond plain WebAssembly with SIMD, which is needed in any case. */
export interface Features {
  /** Fused multiply-add of vectors, rounded once. */
  readonly relaxed: boolean
  /** Whether memory can be shared with workers. */
  readonly shared: boolean
  /** How many threads the machine runs at the same time. */
  readonly cores: number
}

interface Surroundings {
  readonly navigator?: { readonly hardwareConcurrency?: number }
  readonly crossOriginIsolated?: boolean
}

const surroundings = globalThis as Surroundings

/** A module whose only function gives `x * x - (1 + 2^-11)` for `x = 1 + 2^-12`: 0 unless the product is not rounded. */
function remainderModule(multiplyAdd: 'relaxed' | 'plain'): Uint8Array<ArrayBuffer> {
  const module = moduleBuilder()
  const x = f32x4(1 + 2 ** -12)
  const rounded = f32x4(-(1 + 2 ** -11))
  const sum =
    multiplyAdd === 'relaxed'
      ? op('f32x4.relaxed_madd', x, x, rounded)
      : op('f32x4.add', op('f32x4.mul', x, x), rounded)
  const remainder = module.define({ parameters: [], results: ['f32'] }, () =>
    lane('f32x4.extract_lane', 0, sum),
  )
  module.export('remainder', remainder)
  return module.assemble()
}

const isValid = (bytes: Uint8Array): boolean => webAssembly?.validate(bytes) === true

/** Whether the engine has relaxed SIMD and fuses by it: without the machine's instruction it would only cost bits. */
function hasFusedMultiplyAdd(): boolean {
  const bytes = remainderModule('relaxed')
  if (!isValid(bytes)) {
    // Node 20 knows relaxed SIMD behind a flag, which holds for what is compiled after it is set.
    const flags = builtinModule<{ readonly setFlagsFromString: (flag: string) => void }>('node:v8')
    flags?.setFlagsFromString('--experimental-wasm-relaxed-simd')
  }
  if (webAssembly === undefined || !isValid(bytes)) return false
  const { remainder } = new webAssembly.Instance(new webAssembly.Module(bytes), {}).exports
  return (remainder as () => number)() !== 0
}

function canShareMemory(): boolean {
  if (typeof SharedArrayBuffer === 'undefined' || surroundings.crossOriginIsolated === false) return false
  try {
    return (
      webAssembly !== undefined &&
      new webAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer instanceof SharedArrayBuffer
    )
  } catch {
    return false
  }
}

function countCores(): number {
  const os = builtinModule<{ readonly availableParallelism: () => number }>('node:os')
  return Math.max(1, os?.availableParallelism() ?? surroundings.navigator?.hardwareConcurrency ?? 1)
}

/** Whether the engine has what the backend cannot do without. */
export const isSupported = (): boolean => isValid(remainderModule('plain'))

let detected: Features | undefined

/**
 * What this engine can do.
 *
 * @throws Error where there is no WebAssembly with SIMD: the wasm backend never falls back to scalar code
 */
export function detectFeatures(): Features {
  if (!isSupported()) {
    const found = webAssembly === undefined ? 'no WebAssembly at all' : 'WebAssembly without SIMD'
    throw new Error(
      `the wasm backend needs an engine that has WebAssembly with SIMD, but this one has ${found}: ` +
        "update it, or use the backend 'reference'",
    )
  }
  detected ??= { relaxed: hasFusedMultiplyAdd(), shared: canShareMemory(), cores: countCores() }
  return detected
}
