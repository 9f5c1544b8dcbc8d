import { backendOf, type BackendChoice } from '../backend/backendOf.ts'
import { callOf } from './callOf.ts'
import { prepareMakingRoom } from './makingRoom.ts'
import type { Program } from './program.ts'
import type { GivenInputs, InputShapes, TracedInputs } from './shapes.ts'
import { showProgram } from './showProgram.ts'
import { simplify } from './simplify/simplify.ts'
import { traced, type TreeLike } from './trace.ts'

/** A function compiled for the shapes of its inputs. */
export interface Compiled<I, O> {
  (inputs: I): O
  /** What it computes, simplified. */
  readonly program: Program
  /** The backend that computes it. */
  readonly backend: string
  /** The text of the program. */
  readonly toString: () => string
}

/** What `compile` is told: the shapes of the inputs, and who computes; `'auto'` unless given. */
export interface CompileOptions<S extends InputShapes> {
  readonly shapes: S
  readonly backend?: BackendChoice | undefined
}

/**
 * A pure function on a tree of tensors, compiled: traced and planned once for fixed shapes, to be called many times.
 *
 * What the function reads from elsewhere, a variable around it, `Math.random` or the date, is fixed when it is traced;
 * randomness comes from a key among its inputs.
 *
 * @param fn from a tree of tensors to a tree of tensors; called once, with inputs that have no values yet
 * @param options `shapes` of the inputs, a tree of `[5, 4]` (float32), `{ shape: [5], dtype: 'int32' }` or tensors, and
 *   the `backend`: `'auto'`, the fastest that is there, unless given
 * @returns a function of such a tree; what it gives is computed, immutable and its own, whatever is called later
 * @throws TypeError if the function gives anything but tensors, or the backend is not there; called, TypeError naming
 *   the path for another shape or dtype, RangeError for an index out of range
 * @example
 * const product = compile(({ W, x }) => matmul(x, W), { shapes: { W: [2, 3], x: [1, 2] } })
 * toNested(product({ W: ones([2, 3]), x: tensor([[1, 2]]) })) // => [[3, 3, 3]]
 */
export function compile<const S extends InputShapes, O extends TreeLike<O>>(
  fn: (inputs: TracedInputs<S>) => O,
  { shapes, backend: choice = 'auto' }: CompileOptions<S>,
): Compiled<GivenInputs<S>, O> {
  const backend = backendOf(choice)
  const { program: original, inputs, outputs } = traced('compile', fn, shapes)
  const program = simplify(original)
  const executable = prepareMakingRoom(backend, program)
  const run = callOf({ program, executable, inputs, outputs })
  const call = (given: GivenInputs<S>): O => run(given) as unknown as O
  return Object.assign(call, { program, backend: backend.description, toString: () => showProgram(program) })
}
