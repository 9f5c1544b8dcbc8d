import { isFloat, leaves, toArray } from '@pullback/core'
import type { Trained } from '../trainingStep.ts'

/** Whether all that a step hands to the next is finite. */
export function isSound({ params, optimizerState, state }: Trained): boolean {
  for (const [, tensor] of leaves({ params, optimizerState, state })) {
    if (!isFloat(tensor.dtype)) continue
    const values = toArray(tensor)
    for (let position = 0; position < values.length; position++)
      if (!Number.isFinite(values[position])) return false
  }
  return true
}
