import { registerBackend } from '@pullback/core'
import { wasm } from './wasm.ts'

export { wasm, type WasmOptions } from './wasm.ts'

registerBackend(wasm())
