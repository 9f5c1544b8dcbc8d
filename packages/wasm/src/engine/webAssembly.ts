// What this package uses of the WebAssembly API, which the library's own types do not know.

export interface WasmMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer
  readonly grow: (pages: number) => number
}

export interface WasmTable {
  readonly length: number
  readonly grow: (count: number) => number
  readonly get: (index: number) => unknown
  readonly set: (index: number, value: unknown) => void
}

declare const module: unique symbol

/** A compiled module, which can be sent to a worker. */
export interface WasmModule {
  readonly [module]: true
}

export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>
}

export type WasmImports = Readonly<Record<string, Readonly<Record<string, unknown>>>>

interface WebAssemblyApi {
  readonly validate: (bytes: Uint8Array) => boolean
  readonly Module: new (bytes: Uint8Array) => WasmModule
  readonly Instance: new (module: WasmModule, imports: WasmImports) => WasmInstance
  readonly Memory: new (limits: {
    readonly initial: number
    readonly maximum: number
    readonly shared: boolean
  }) => WasmMemory
  readonly Table: new (limits: { readonly element: 'anyfunc'; readonly initial: number }) => WasmTable
}

/** The engine's WebAssembly, or undefined where there is none. */
export const webAssembly = (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly
