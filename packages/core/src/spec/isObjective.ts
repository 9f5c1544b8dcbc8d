import type { Net } from '../layer/layer.ts'
import type { Objective } from '../objective/objectiveTypes.ts'

/**
 * Whether a net, maybe read from a spec, is an objective: a net with its loss and penalties.
 *
 * @example
 * isObjective(objective(affine(2, 3), softmaxCrossEntropy(3))) // => true
 * isObjective(affine(2, 3)) // => false
 */
export const isObjective = (net: Net): net is Objective =>
  net.kind === 'objective' && 'net' in net && 'loss' in net && 'penalties' in net
