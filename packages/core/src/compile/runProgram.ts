import type { Tree, TreeRecord } from '../tensor/tree.ts'
import type { Backend, Executable } from './backend.ts'
import { callOf } from './callOf.ts'
import { drop, mayDrop, prepareMakingRoom, type Droppable } from './makingRoom.ts'
import type { Program, ProgramInput } from './program.ts'
import { recent, type Recent } from './recent.ts'
import { simplify } from './simplify/simplify.ts'
import { traced, type TreeLike } from './trace.ts'
import { formOf, isOfForm, type Leaf } from './treeForm.ts'
import { equalShapes } from '../tensor/shape.ts'

/** What a function of a layer is compiled for, beside the shapes of its inputs. */
export interface Purpose {
  /** What is computed, with all that is no tensor: `'predict predict'`. */
  readonly what: string
  readonly backend: Backend
}

interface Kept extends Purpose, Droppable {
  readonly form: readonly Leaf[]
  readonly program: Program
  readonly call: (inputs: Tree) => Tree
}

interface Asked extends Purpose {
  readonly inputs: TreeRecord
}

const mostPrograms = 32

const programs = new WeakMap<object, Recent<Kept>>()

const fits = (kept: Kept, { what, backend, inputs }: Asked): boolean =>
  kept.what === what && kept.backend === backend && isOfForm(kept.form, inputs)

const isParameter = ({ name }: ProgramInput): boolean => name === 'params' || name.startsWith('params.')

/** Lets a program have its parameters where others of its layer have theirs. */
function shareParameters(executable: Executable, program: Program, others: readonly Kept[]): void {
  for (const [index, input] of program.inputs.entries()) {
    if (!isParameter(input)) continue
    for (const other of others) {
      const found = other.program.inputs.findIndex(
        ({ name, shape, dtype }) =>
          name === input.name && dtype === input.dtype && equalShapes(shape, input.shape),
      )
      const storage = other.executable.inputs[found]
      if (storage === undefined) continue
      executable.bind(index, storage)
      break
    }
  }
}

/**
 * What a function gives for some inputs, compiled the first time that a layer is asked for this purpose with inputs of
 * these shapes. The programs of a layer go when it goes; of one layer the 32 that were used last are kept, and fewer
 * where the memory of the backend has no room for them. All of one backend share the memory of the inputs `params`.
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
  const known = programs.get(layer) ?? recent<Kept>(mostPrograms, drop)
  programs.set(layer, known)
  const found = known.find(fits, { what, backend, inputs })
  if (found !== undefined) {
    mayDrop(found)
    return found.call(inputs) as unknown as O
  }
  fn(inputs)
  const form = formOf(inputs)
  const trees = traced('compile', fn as (inputs: TreeRecord) => TreeRecord, inputs)
  const program = simplify(trees.program)
  const executable = prepareMakingRoom(backend, program)
  shareParameters(
    executable,
    program,
    known.values().filter((other) => other.backend === backend),
  )
  const call = callOf({ ...trees, program, executable })
  try {
    const outputs = call(inputs)
    const kept: Kept = {
      what,
      backend,
      form,
      program,
      executable,
      call,
      forget: () => {
        known.forget(kept)
      },
    }
    mayDrop(known.keep(kept))
    return outputs as unknown as O
  } catch (error) {
    executable.release?.()
    throw error
  }
}
