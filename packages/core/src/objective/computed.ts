import { backendOf, type BackendChoice } from '../backend/backendOf.ts'
import { reference } from '../backend/reference.ts'
import { runProgram } from '../compile/runProgram.ts'
import { evaluate } from '../evaluate/evaluate.ts'
import type { Context, LayerInput, Net } from '../layer/layer.ts'
import type { TreeRecord } from '../tensor/tree.ts'

/** How what a net gives is computed. */
export interface ComputeOptions {
  /** `'auto'`, the fastest backend that is there, unless given. */
  readonly backend?: BackendChoice | undefined
}

type Expressions = (params: TreeRecord, input: LayerInput, context: Context) => TreeRecord

/**
 * Expressions of a layer, computed: evaluated by the reference interpreter, or compiled by another backend, once for
 * each set of shapes. `what` tells them from others of that layer. A context that observes is told of every call, so
 * that nothing is compiled for it.
 *
 * @throws TypeError if a backend of that name is not there
 */
export function computed(layer: Net, what: string, expressions: Expressions, options: ComputeOptions) {
  const { backend: choice = 'auto' } = options
  backendOf(choice)
  return (params: TreeRecord, input: LayerInput, context: Context = {}): TreeRecord => {
    const backend = backendOf(choice)
    if (backend === reference || context.observe !== undefined)
      return evaluate(expressions(params, input, context))
    const { key, state, ...fixed } = context
    const inputs = { params, input, ...(key && { key }), ...(state && { state }) }
    const purpose = { what: `${what} ${fixed.mode ?? ''} ${fixed.path ?? ''}`, backend }
    return runProgram<TreeRecord>(layer, purpose, inputs, (traced) =>
      expressions(traced['params'] as TreeRecord, traced['input'] as LayerInput, {
        ...fixed,
        ...(key && { key: traced['key'] as typeof key }),
        ...(state && { state: traced['state'] as TreeRecord }),
      }),
    )
  }
}
