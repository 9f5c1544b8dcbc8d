import type { ModuleBuilder } from '../assembler/module.ts'
import type { Features } from '../engine/features.ts'
import { arithmeticOf, type Arithmetic } from './arithmetic.ts'
import type { MatmulSpec } from './kernel.ts'

/** What all products of one module with the same arithmetic share. */
export function oncePerModule<T>(define: (module: ModuleBuilder, arithmetic: Arithmetic) => T) {
  const known = new WeakMap<ModuleBuilder, Map<string, T>>()
  return (module: ModuleBuilder, features: Pick<Features, 'relaxed'>, dtype: MatmulSpec['dtype']): T => {
    const ofModule = known.get(module) ?? new Map<string, T>()
    known.set(module, ofModule)
    const key = features.relaxed ? `${dtype} relaxed` : dtype
    const found = ofModule.get(key) ?? define(module, arithmeticOf(dtype, features))
    ofModule.set(key, found)
    return found
  }
}
