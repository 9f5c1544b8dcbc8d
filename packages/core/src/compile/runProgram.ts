import type { TreeRecord } from '../tensor/tree.ts'
import type { Backend } from './backend.ts'
import { compile, type Compiled } from './compile.ts'
import { recent, type Recent } from './recent.ts'
import type { TreeLike } from './trace.ts'
import { formOf, isOfForm, type Leaf } from './treeForm.ts'

/** What a function of a layer is compiled for, beside the shapes of its inputs. */
export interface Purpose {
  /** What is computed, with all that is no tensor: `'predict predict'`. */
  readonly what: string
  readonly backend: Backend
}

interface Kept extends Purpose {
  readonly form: readonly Leaf[]
  readonly compiled: Compiled<TreeRecord, TreeRecord>
}

interface Asked extends Purpose {
  readonly inputs: TreeRecord
}

const mostPrograms = 32

const programs = new WeakMap<object, Recent<Kept>>()

const fits = (kept: Kept, { what, backend, inputs }: Asked): boolean =>
  kept.what === what && kept.backend === backend && isOfForm(kept.form, inputs)

/**
 * What a function gives for some inputs, compiled the first time that a layer is asked for this purpose with inputs of
 * these shapes. The programs of a layer go when it goes; of one layer the 32 that were used last are kept.
 *
 * Before anything is compiled, the function is called with the inputs themselves, so that whatever is wrong with them
 * is told as it is without a compiler; a program is kept once it has run.
 *
 * @throws what the function throws; TypeError naming an input that is no tensor
 */
export function runProgram<O extends TreeLike<O>>(
  layer: object,
  { what, backend }: Purpose,
  inputs: TreeRecord,
  fn: (inputs: TreeRecord) => O,
): O {
  const known = programs.get(layer) ?? recent<Kept>(mostPrograms)
  programs.set(layer, known)
  const found = known.find(fits, { what, backend, inputs })
  if (found !== undefined) return found.compiled(inputs) as unknown as O
  fn(inputs)
  const form = formOf(inputs)
  const compiled = compile(fn as (inputs: TreeRecord) => TreeRecord, { shapes: inputs, backend })
  const outputs = compiled(inputs)
  known.keep({ what, backend, form, compiled })
  return outputs as unknown as O
}
