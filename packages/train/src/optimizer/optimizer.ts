import { add, zipTrees, type TreeRecord } from '@pullback/core'

/** What an optimizer makes of gradients: what is to be added to the parameters, and its state for the next step. */
export interface Updated<P extends TreeRecord> {
  readonly updates: P
  readonly state: TreeRecord
}

/**
 * How gradients become updates of the parameters: two pure functions on expressions, after optax. Nothing is computed
 * and nothing remembered: the state is a tree of tensors, data that can be saved and resumed from.
 *
 * Optimizers are joined by `chain`, each being given what the one before makes of the gradients.
 */
export interface Optimizer {
  /** The state before the first step. */
  readonly init: (params: TreeRecord) => TreeRecord
  /** The updates, of the form of the parameters, for the gradients of one step, and the state after it. */
  readonly update: <P extends TreeRecord>(gradients: P, state: TreeRecord, params: P) => Updated<P>
}

/**
 * The parameters after an update.
 *
 *     params' = params + updates
 *
 * @param params a tree of float tensors
 * @param updates a tree of the same form, as an optimizer gives them
 * @throws TypeError naming the path where the forms differ
 * @example
 * toNested(applyUpdates({ b: tensor([1, 2]) }, { b: tensor([1, -1]) }).b) // => [2, 1]
 */
export const applyUpdates = <P extends TreeRecord>(params: P, updates: P): P =>
  zipTrees(params, updates, (parameter, update) => add(parameter, update))
