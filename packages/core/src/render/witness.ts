import { isIntegerPattern, isPattern, shapeOf, type Pattern, type Takes } from '../shape/pattern.ts'
import { input } from '../tensor/construct.ts'
import type { Float } from '../tensor/dtype.ts'
import type { AnyTensor } from '../tensor/tensor.ts'
import type { LayerInput } from '../layer/layer.ts'

/** The numbers that stand for the names in shapes while a net is traced. */
export type Witnesses = ReadonlyMap<string, number>

/** The names in patterns that stand for sizes, `'...'` among them, in the order in which they first appear. */
export const sizeNames = (patterns: readonly Pattern[]): readonly string[] => [
  ...new Set(patterns.flatMap((pattern) => shapeOf(pattern).filter((size) => typeof size === 'string'))),
]

/** The named input tensor that stands for a pattern: its names are bound to the numbers that witness them. */
export function witness(name: string, pattern: Pattern, sizes: Witnesses, dtype: Float): AnyTensor {
  const shape = shapeOf(pattern).map((size) => (typeof size === 'number' ? size : (sizes.get(size) ?? 1)))
  return isIntegerPattern(pattern) ? input(name, shape, 'int32') : input(name, shape, dtype)
}

/** Named input tensors for all that a layer takes. */
export const witnessInput = (takes: Takes, sizes: Witnesses, dtype: Float): LayerInput =>
  isPattern(takes)
    ? witness('input', takes, sizes, dtype)
    : Object.fromEntries(
        Object.entries(takes).map(([name, pattern]) => [name, witness(name, pattern, sizes, dtype)]),
      )
