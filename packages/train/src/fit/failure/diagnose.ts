import {
  elementCount,
  evaluate,
  isFloat,
  leaves,
  toArray,
  type AnyTensor,
  type Key,
  type Objective,
  type Tree,
} from '@pullback/core'
import type { Inputs } from '../../metrics/metric.ts'
import { activations, type Named } from './activations.ts'
import type { Stepped, Trained } from '../trainingStep.ts'

/** The first tensor of a step that is not finite. */
export interface Culprit {
  /** What to call it: `'the gradient of fc1.W'`. */
  readonly name: string
  /** Whether it is an input, which no learning rate can change. */
  readonly isInput: boolean
  /** The position, along the first axis, of its first element that is not finite. */
  readonly row: number
}

const named = (what: string, tree: Tree): Named =>
  leaves(tree).map(([path, tensor]) => [`${what} ${path}`, tensor])

/** The position along the first axis of the first element that is not finite, or -1. */
export function badRow(tensor: AnyTensor): number {
  if (!isFloat(tensor.dtype)) return -1
  const position = toArray(tensor).findIndex((value) => !Number.isFinite(value))
  return position < 0 ? -1 : Math.floor(position / Math.max(elementCount(tensor.shape.slice(1)), 1))
}

/** The first of some tensors that is not finite; all are computed at once. */
function firstBad(tensors: Named): { readonly name: string; readonly row: number } | undefined {
  const computed = evaluate(Object.fromEntries(tensors.map(([, tensor], index) => [`t${index}`, tensor])))
  const rows = Object.values(computed).map(badRow)
  const index = rows.findIndex((row) => row >= 0)
  const [name] = tensors[index] ?? []
  return name === undefined ? undefined : { name, row: rows[index] ?? 0 }
}

/**
 * Finds the first tensor of a step that is not finite, in the order of the computation: inputs, parameters and states
 * before the step, outputs of layers, the loss, gradients, states and parameters after it; undefined if all are finite.
 */
export function diagnose(
  objective: Objective,
  before: Trained,
  batch: Inputs,
  key: Key,
  { loss, gradients, trained }: Stepped,
): Culprit | undefined {
  const inputs = Object.entries(batch).map(([name, tensor]) => [`the input '${name}'`, tensor] as const)
  const bad = firstBad(inputs)
  if (bad !== undefined) return { ...bad, isInput: true }
  const found = firstBad([
    ...named('the parameter', before.params),
    ...named('the layer state', before.state),
    ...named('the optimizer state', before.optimizerState),
    ...activations(objective, before.params, batch, { key, mode: 'train', state: before.state }),
    ['the loss', loss],
    ...named('the gradient of', gradients),
    ...named('the layer state', trained.state),
    ...named('the optimizer state', trained.optimizerState),
    ...named('the updated parameter', trained.params),
  ])
  return found && { ...found, isInput: false }
}

/** The first tensor that is not finite of what a step gave, as far as that is known: its loss, and what it hands on. */
export function culpritAfter(loss: number, { params, optimizerState, state }: Trained): Culprit {
  const found = Number.isFinite(loss)
    ? firstBad([
        ...named('the layer state', state),
        ...named('the optimizer state', optimizerState),
        ...named('the updated parameter', params),
      ])
    : undefined
  return { ...(found ?? { name: 'the loss', row: 0 }), isInput: false }
}
