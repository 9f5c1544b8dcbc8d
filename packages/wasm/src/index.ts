import { registerBackend } from '@pullback/core'
import { wasm } from './wasm.ts'

export type {
  ExternalProduct,
  ExternalProducts,
  ExternalShape,
  ProductsOver,
} from './matmul/externalProducts.ts'
export type { WasmMemory } from './engine/webAssembly.ts'
export { wasm, type WasmOptions } from './wasm.ts'

registerBackend(wasm())
