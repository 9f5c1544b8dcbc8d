import { isRight } from '#fp/Either'
import { dependencyOrder } from '../../evaluate/order.ts'
import type { Net } from '../../layer/layer.ts'
import type { Registry } from '../../spec/registry.ts'
import { scalar } from '../../tensor/construct.ts'
import { mul, sub } from '../../tensor/elementwise.ts'
import { equalShapes } from '../../tensor/shape.ts'
import type { AnyTensor, Tensor } from '../../tensor/tensor.ts'

/** A number that a layer was made with and that its expressions may contain. */
export interface Hyperparameter {
  readonly name: string
  readonly value: number
  /** The layer as it would be with another value. */
  readonly twin: { readonly value: number; readonly layer: Net }
}

/** What the value of a hyperparameter is multiplied by for its twin: between 0 and 1, and in no simple ratio to it. */
const elsewhere = 0.7390851332151607

/** The hyperparameters of a layer whose kind can be read with other values: not the whole ones, which may be sizes. */
export const hyperparametersOf = (
  { kind, hyperparameters }: Net,
  kinds: Registry,
): readonly Hyperparameter[] =>
  Object.entries(hyperparameters).flatMap(([name, value]) => {
    if (typeof value !== 'number' || !Number.isFinite(value) || Number.isInteger(value)) return []
    const other = value * elsewhere
    const twin = kinds.get(kind)?.read(undefined, { ...hyperparameters, [name]: other })
    return twin !== undefined && isRight(twin) && other !== value
      ? [{ name, value, twin: { value: other, layer: twin.right } }]
      : []
  })

/** A number as it follows from a hyperparameter, computed and written. */
interface Form {
  readonly of: (h: number) => number
  readonly written: (h: AnyTensor) => AnyTensor
}

const times = (factor: number): Form => ({
  of: (h) => factor * h,
  written: (h) => mul(scalar(factor, 'float64'), h as Tensor),
})

const forms: readonly Form[] = [
  { of: (h) => h, written: (h) => h },
  times(2),
  times(3),
  times(0.5),
  { of: (h) => 1 - h, written: (h) => sub(scalar(1, 'float64'), h as Tensor) },
]

const numberOf = ({ expression, shape, dtype }: AnyTensor): number | undefined =>
  expression.op === 'constant' && shape.length === 0 && dtype === 'float64'
    ? expression.values.at(0)
    : undefined

/** All that two lists of expressions are built from, one beside the other; undefined if they are built differently. */
function sideBySide(
  roots: readonly AnyTensor[],
  others: readonly AnyTensor[],
): ReadonlyMap<AnyTensor, AnyTensor> | undefined {
  const order = dependencyOrder(roots)
  const otherOrder = dependencyOrder(others)
  if (order.length !== otherOrder.length) return undefined
  const beside = new Map<AnyTensor, AnyTensor>()
  for (const [position, tensor] of order.entries()) {
    const other = otherOrder[position]
    if (
      other?.expression.op !== tensor.expression.op ||
      !equalShapes(other.shape, tensor.shape) ||
      !tensor.expression.operands.every(
        (operand, index) => beside.get(operand) === other.expression.operands[index],
      )
    )
      return undefined
    beside.set(tensor, other)
  }
  return beside
}

/**
 * The constants that change with a hyperparameter h, each with how it is written in terms of h: as h, 2 h, 3 h, h / 2 or
 * 1 - h where it is that both in what the layer computes and in what its twin does, else undefined. A constant that only
 * happens to have such a value does not change.
 */
export function inTermsOf(
  { value, twin }: Hyperparameter,
  roots: readonly AnyTensor[],
  rootsOfTwin: readonly AnyTensor[],
): ReadonlyMap<AnyTensor, Form['written'] | undefined> {
  const found = new Map<AnyTensor, Form['written'] | undefined>()
  for (const [tensor, other] of sideBySide(roots, rootsOfTwin) ?? []) {
    const [here, there] = [numberOf(tensor), numberOf(other)]
    if (here === undefined || there === undefined || here === there) continue
    found.set(tensor, forms.find(({ of }) => of(value) === here && of(twin.value) === there)?.written)
  }
  return found
}
