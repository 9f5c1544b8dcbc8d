import type { ModuleBuilder } from '../assembler/module.ts'
import type { Features } from '../engine/features.ts'
import { arithmeticOf } from './arithmetic.ts'
import type { MatmulKernel, MatmulSpec } from './kernel.ts'
import { packedKernel } from './packed.ts'
import { defineEmptySum } from './rectangle.ts'

/** Defines the functions of a module that compute a matrix product. */
export function matmulKernel(
  module: ModuleBuilder,
  features: Pick<Features, 'relaxed'>,
  spec: MatmulSpec,
): MatmulKernel {
  if (spec.k === 0)
    return {
      rectangle: defineEmptySum(module, spec, arithmeticOf(spec.dtype, features).bytes),
      scratchBytes: 0,
      divide: (threads) => ({ rows: threads, columns: 1 }),
      granularity: { rows: 1, columns: 1 },
    }
  return packedKernel(module, features, spec)
}
