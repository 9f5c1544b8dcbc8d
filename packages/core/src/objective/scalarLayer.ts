import type { Net } from '../layer/layer.ts'
import { declaredParameters } from '../layer/parameter.ts'
import { showTakes, type Pattern } from '../shape/pattern.ts'

/** Whether a layer has parameters of its own. */
export const hasParameters = (layer: Net): boolean => declaredParameters(layer.parameters).length > 0

/** The sentence for a layer that should give a scalar. */
export const notScalar = (layer: Net, gives: Pattern): string =>
  `${layer.rule.title} gives ${showTakes(gives)}, which is not a scalar`
