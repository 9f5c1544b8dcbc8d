import type { Objective, TreeRecord } from '@pullback/core'
import { declaredForm, differenceFrom, shapesOf } from '../trees/form.ts'

/** Throws unless parameters have the form of those of the net; `what` is `'params are of'`, say. */
export function checkParams(what: string, objective: Objective, params: TreeRecord): void {
  const difference = differenceFrom(declaredForm(objective.parameters), params, shapesOf)
  if (difference !== undefined) throw new TypeError(`fit: ${what} another net: it has ${difference}`)
}
