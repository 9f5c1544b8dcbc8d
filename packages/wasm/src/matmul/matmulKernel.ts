import type { ModuleBuilder } from '../assembler/module.ts'
import type { Features } from '../engine/features.ts'
import { arithmeticOf } from './arithmetic.ts'
import type { MatmulKernel, MatmulSpec } from './kernel.ts'
import { packedKernel } from './packed.ts'
import { emptyKernel } from './empty.ts'
import { oncePerModule } from './oncePerModule.ts'
import { isShallow, shallowKernel } from './shallow.ts'
import { isThin, thinKernel } from './thin.ts'
import { isUnrolled, unrolledKernel } from './unrolled.ts'

const kernelsOf = oncePerModule(() => new Map<string, MatmulKernel>())

/** Defines the functions of a module that compute a matrix product; products alike share them. */
export function matmulKernel(
  module: ModuleBuilder,
  features: Pick<Features, 'relaxed'>,
  spec: MatmulSpec,
): MatmulKernel {
  const kernels = kernelsOf(module, features, spec.dtype)
  const key = JSON.stringify(spec)
  const kernel = kernels.get(key) ?? defineKernel(module, features, spec)
  kernels.set(key, kernel)
  return kernel
}

function defineKernel(
  module: ModuleBuilder,
  features: Pick<Features, 'relaxed'>,
  spec: MatmulSpec,
): MatmulKernel {
  const arithmetic = arithmeticOf(spec.dtype, features)
  const { bytes, lanes } = arithmetic
  if (spec.k === 0) return emptyKernel(module, spec, bytes)
  if (isUnrolled(spec, lanes)) return unrolledKernel(module, features, spec)
  if (isShallow(spec, lanes)) return shallowKernel(module, features, spec)
  if (isThin(spec, arithmetic)) return thinKernel(module, features, spec)
  return packedKernel(module, features, spec)
}
