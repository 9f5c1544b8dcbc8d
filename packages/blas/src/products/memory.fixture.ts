import type { Memory } from './addresses.ts'

interface GrowingMemory extends Memory {
  readonly grow: (pages: number) => number
}

interface WebAssemblyApi {
  readonly Memory: new (limits: {
    readonly initial: number
    readonly maximum: number
    readonly shared: boolean
  }) => GrowingMemory
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => { readonly exports: Readonly<Record<string, () => void>> }
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }

/** A memory of so many pages of 64 KiB, which may grow to 1024. */
export const wasmMemory = (pages: number, shared: boolean): GrowingMemory =>
  new WebAssembly.Memory({ initial: pages, maximum: 1024, shared })

/** A module that imports `e.f`, with three i32, and exports `s`: the sections before its code. */
const callingModule = [
  [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  [0x01, 0x0a, 0x02, 0x60, 0x03, 0x7f, 0x7f, 0x7f, 0x00, 0x60, 0x00, 0x00],
  [0x02, 0x07, 0x01, 0x01, 0x65, 0x01, 0x66, 0x00, 0x00],
  [0x03, 0x02, 0x01, 0x01],
  [0x07, 0x05, 0x01, 0x01, 0x73, 0x00, 0x01],
].flat()

/** A WebAssembly function that calls an imported one with three positions, each below 64. */
export function callingFromWasm(imported: (...positions: number[]) => void, positions: readonly number[]) {
  const code = [0x00, ...positions.flatMap((position) => [0x41, position]), 0x10, 0x00, 0x0b]
  const bytes = [...callingModule, 0x0a, code.length + 2, 0x01, code.length, ...code]
  const module = new WebAssembly.Module(Uint8Array.from(bytes))
  return new WebAssembly.Instance(module, { e: { f: imported } }).exports['s'] ?? (() => undefined)
}
