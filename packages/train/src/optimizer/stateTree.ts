import { isTensor, type Tree, type TreeRecord } from '@pullback/core'

/** The entry of an optimizer's state; `what` names the optimizer that lacks it. */
export function stateEntry(what: string, state: TreeRecord, name: string): Tree {
  const found = Object.hasOwn(state, name) ? state[name] : undefined
  if (found === undefined)
    throw new TypeError(`${what}: the state has no '${name}': begin with the state that init gives`)
  return found
}

/** The record in an optimizer's state; `what` names the optimizer that lacks it. */
export function stateRecord(what: string, state: TreeRecord, name: string): TreeRecord {
  const found = stateEntry(what, state, name)
  if (isTensor(found)) throw new TypeError(`${what}: '${name}' of the state is a tensor, not a record`)
  return found
}
