import { add, mul, zipTrees, type TreeRecord } from '@pullback/core'
import { stateRecord } from './stateTree.ts'

/** Throws unless `beta` is from 0 to 1, excluded; `what` names the optimizer. */
export function checkBeta(what: string, beta: number): void {
  if (!(beta >= 0 && beta < 1))
    throw new RangeError(`${what}: beta is ${beta}, which is not from 0 to 1 (excluded)`)
}

/** beta v + g, for the velocity v of the state. */
export const velocityAfter = <P extends TreeRecord>(
  what: string,
  beta: number,
  gradients: P,
  state: TreeRecord,
): P => {
  const velocity = stateRecord(what, state, 'velocity')
  return zipTrees<TreeRecord>(gradients, velocity, (g, v) => add(mul(v, beta), g)) as P
}
