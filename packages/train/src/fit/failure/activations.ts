import type { AnyTensor, Context, Objective, TreeRecord } from '@pullback/core'
import type { Inputs } from '../../metrics/metric.ts'
import { predictionIn } from '../../metrics/predictionIn.ts'

/** Tensors with what to call them in a sentence, in the order in which they are computed. */
export type Named = readonly (readonly [name: string, tensor: AnyTensor])[]

/** The output of every layer of the net of an objective, in the order in which they are computed. */
export function activations(
  objective: Objective,
  params: TreeRecord,
  inputs: Inputs,
  context: Context,
): Named {
  const found: (readonly [string, AnyTensor])[] = []
  const observe = (path: string, output: AnyTensor) => found.push([`the output of ${path}`, output])
  const { cache } = objective.forward(params, inputs, { ...context, observe })
  return found.length > 0 ? found : [[`the output of ${objective.net.rule.title}`, predictionIn(cache)]]
}
