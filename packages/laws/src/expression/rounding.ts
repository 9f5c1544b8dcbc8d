import {
  dependencyOrder,
  fromValues,
  isFloat,
  toArray,
  zeros,
  type AnyTensor,
  type Tensor,
} from '@pullback/core'
import { roundingRules, type Rounded, type Rounding } from './roundingRules.ts'

/** The arithmetic whose rounding is asked about, and which tensors are rounded differently from run to run. */
export interface Arithmetic {
  readonly unit: number
  readonly least: number
  /** Only what is built from these is rounded: all else has the same bits in both runs. Everything, if left out. */
  readonly from?: readonly AnyTensor[]
  /** Tensors of float32 are rounded as such; as those of float64 if they should not have been narrowed. */
  readonly narrows?: boolean
}

export const float64: Arithmetic = { unit: 2 ** -53, least: Number.MIN_VALUE }
export const float32: Arithmetic = { unit: 2 ** -24, least: 2 ** -149 }

/** What a constant loses when it is held in float32. */
function constantError(tensor: AnyTensor): Rounded {
  if (tensor.expression.op !== 'constant' || tensor.dtype !== 'float64') return undefined
  const values = toArray(tensor)
  const errors = Float64Array.from(values, (value) => Math.abs(value - Math.fround(value)))
  return errors.every((error) => error === 0) ? undefined : fromValues(errors, [...tensor.shape], 'float64')
}

const isOperation = ({ expression }: AnyTensor): boolean => expression.operands.length > 0

/**
 * The interpreter of rounding: how far each tensor that `roots` are built from can be off, as an expression. Bounds come
 * from the magnitudes at hand, hidden intermediates included, so that no comparison needs a tolerance.
 *
 * A tensor that is missing is exact. Two runs that differ in nothing but rounding differ by at most the sum of their
 * errors, to first order.
 */
export function roundingErrors(
  roots: readonly AnyTensor[],
  { unit, least, from, narrows = true }: Arithmetic,
): ReadonlyMap<AnyTensor, Tensor> {
  const errors = new Map<AnyTensor, Tensor>(
    from?.map((tensor) => [tensor, zeros([...tensor.shape], 'float64')] as const),
  )
  for (const tensor of dependencyOrder(roots)) {
    if (errors.has(tensor)) continue
    const { expression, dtype } = tensor
    const rounding: Rounding = {
      y: tensor,
      errors: expression.operands.map((operand) => errors.get(operand)),
      unit: narrows && dtype === 'float32' ? Math.max(unit, 2 ** -24) : unit,
      least: narrows && dtype === 'float32' ? Math.max(least, 2 ** -149) : least,
    }
    if (from !== undefined && rounding.errors.every((error) => error === undefined)) continue
    const rule = roundingRules[expression.op] as (of: typeof expression, rounding: Rounding) => Rounded
    const error =
      !isOperation(tensor) && unit > float64.unit && isFloat(dtype)
        ? constantError(tensor)
        : rule(expression, rounding)
    if (error !== undefined) errors.set(tensor, error)
  }
  return errors
}
