import {
  abs,
  cast,
  declaredParameters,
  elementCount,
  evaluate,
  fold,
  leaves,
  mapTree,
  max,
  maximum,
  mul,
  randomNormal,
  scalar,
  seed as keyOf,
  toNumber,
  valueAndGradient,
  type AnyTensor,
  type Key,
  type Objective,
  type TreeRecord,
} from '@pullback/core'
import { take, type Dataset } from '@pullback/data'
import { checkGradient as checkEntries } from '@pullback/laws'
import { inputsOf } from '../task/task.ts'
import { derivative, type GradientCheck, type TensorCheck } from './gradientCheck.ts'

const batchSize = 8

/** Nets of more parameters than these are checked by a sample. */
const mostParameters = 1000

/** How many parameters of each tensor such a sample has: fewer of a net whose objective takes long to compute. */
const sampleOf = (parameters: number): number =>
  Math.max(20, Math.min(100, Math.floor(5_000_000 / parameters)))

/** A batch small enough that the objective is quick to compute many thousand times, in float64. */
function batchOf(data: Dataset) {
  const { input, labels } = inputsOf(take(data, batchSize))
  return evaluate({ input: cast(input, 'float64'), labels })
}

/** Parameters as training begins with them, in float64, but for biases: zeros would hide mistakes. */
const pointOf = (objective: Objective, key: Key): TreeRecord =>
  evaluate(
    mapTree(objective.init(key, { dtype: 'float64' }), (tensor, path) =>
      tensor.shape.length > 1
        ? tensor
        : mul(randomNormal(fold(key, path), tensor.shape as number[], 'float64'), 0.1),
    ),
  )

const largest = (tree: TreeRecord): number =>
  toNumber(leaves(tree).reduce<AnyTensor>((most, [, x]) => maximum(most, max(abs(x))), scalar(0, 'float64')))

/**
 * The derivatives of an objective by its parameters beside certified differences, all in float64 on the first examples
 * of a data set: every one of a small net, a sample of every tensor of a large one.
 *
 * Beside its bound a difference is told relative to the derivative, or to a thousandth of the largest of the net where
 * that is smaller, since differences of nearly equal numbers have few digits.
 */
export function checkGradient(objective: Objective, data: Dataset, seed: number): GradientCheck {
  const batch = batchOf(data)
  const params = pointOf(objective, fold(keyOf(seed), 'gradient check'))
  const declared = declaredParameters(objective.parameters)
  const size = declared.reduce((sum, [, { shape }]) => sum + elementCount(shape), 0)
  const sample = size <= mostParameters ? {} : { entries: sampleOf(size) }
  const { tensors } = checkEntries(objective, params, batch, { seed, ...sample })
  const floor = largest(valueAndGradient(objective)(params, batch).gradients) / 1000
  const checks = declared.flatMap(([path, { shape }]): readonly TensorCheck[] => {
    const found = tensors.find(({ tensor }) => tensor === `params.${path}`)
    if (found?.worst === undefined) return []
    const { entries: checked, wrong, unresolved, worst } = found
    const agreeing = checked - wrong - unresolved
    return [
      {
        path,
        shape,
        size: elementCount(shape),
        checked,
        agreeing,
        unresolved,
        worst: derivative(worst, floor),
      },
    ]
  })
  return { tensors: checks, examples: batch.labels.shape[0] ?? 0 }
}
