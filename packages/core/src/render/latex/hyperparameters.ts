import type { Net } from '../../layer/layer.ts'
import { scalar } from '../../tensor/construct.ts'
import { mul, sub } from '../../tensor/elementwise.ts'
import type { AnyTensor, Tensor } from '../../tensor/tensor.ts'

/** A number that a layer was made with and that its expressions contain. */
export interface Hyperparameter {
  readonly name: string
  readonly value: number
}

/** The hyperparameters that can be told from other numbers: not the whole ones, which may be sizes. */
export const hyperparametersOf = ({ hyperparameters }: Net): readonly Hyperparameter[] =>
  Object.entries(hyperparameters).flatMap(([name, value]) =>
    typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value) ? [{ name, value }] : [],
  )

/** A constant in terms of a hyperparameter `h`, as h, 2 h, 3 h, h / 2 or 1 - h; undefined if it is none of these. */
export function inTermsOf(
  constant: number,
  { value }: Hyperparameter,
  symbol: AnyTensor,
): AnyTensor | undefined {
  const h = symbol as Tensor<readonly [], 'float64'>
  if (constant === value) return h
  const multiple = [2, 3, 0.5].find((factor) => factor * value === constant)
  if (multiple !== undefined) return mul(scalar(multiple, 'float64'), h)
  return constant === 1 - value ? sub(scalar(1, 'float64'), h) : undefined
}
