import { backendOf, type BackendChoice } from '../../backend/backendOf.ts'
import { elementsOf } from '../../evaluate/compute.ts'
import type { Dtype, Float } from '../../tensor/dtype.ts'
import type { Shape } from '../../tensor/shape.ts'
import type { AnyTensor, Tensor } from '../../tensor/tensor.ts'
import { transformTree, type Tree, type TreeRecord } from '../../tensor/tree.ts'
import { constantOf } from '../constantOf.ts'
import type { Program } from '../program.ts'
import { recent } from '../recent.ts'
import { said, showKind } from '../sentence.ts'
import { inputsOf } from '../shapes.ts'
import type { TreeLike } from '../trace.ts'
import { at, formOf, tensorsOf } from '../treeForm.ts'
import { elementsGiven, fitsForm, givenShapes, wrongLength, type GivenTree } from './given.ts'
import { variantOf, type StepFunction, type Variant } from './variant.ts'

/** What a step of a fold gives: what the next one is given, and what there is to see. */
export interface Folded<C, R> {
  readonly carried: C
  readonly results: R
}

type AnyFloat<D extends Dtype> = D extends 'int32' ? D : Float

/** A tree of any shapes: what is carried keeps its shapes, which is checked when a step is traced. */
export type AnyShapes<T> = T extends AnyTensor
  ? Tensor<Shape, AnyFloat<T['dtype']>>
  : { readonly [K in keyof T]: AnyShapes<T[K]> }

/** How a fold is compiled. */
export interface FoldOptions<C, K> {
  /** What the first step is given: a record of trees. */
  readonly carried: C
  /** What no step changes, such as all examples there are: copied once, whatever programs there are. */
  readonly constants?: K
  /** `'auto'`, the fastest that is there, unless given. */
  readonly backend?: BackendChoice | undefined
  /** How many programs are kept, one for each set of shapes that steps are given; 8 unless given. */
  readonly programs?: number
}

/**
 * A fold in progress: it holds what is carried from step to step. What is handed out is a copy, and what is handed in is
 * copied: nobody outside ever sees it change.
 */
export interface CompiledFold<C, G, R> {
  /** For people: which backend computes. */
  readonly backend: string
  /** The program of the last step; none before the first. */
  readonly program: () => Program | undefined
  /** Takes over what is carried; throws TypeError unless it is of the form it had at first. */
  readonly load: (carried: C) => void
  /**
   * Runs one step. It is compiled the first time that these shapes are given; after that nothing is allocated for it.
   *
   * @param given a tree of tensors or of their elements: a typed array has one dimension, `{ values, shape }` any
   * @throws TypeError if the function does not take these shapes; RangeError for an index out of range, and for values
   *   that do not fill their shape. What is carried
   *   is then as it was
   */
  readonly step: (given: GivenTree<G>) => void
  /** A result of one element of the last step, by its path; throws TypeError if there is no such one. */
  readonly result: (path: string) => number
  /** All results of the last step, as constants. */
  readonly results: () => R
  /** What is carried, as constants. */
  readonly snapshot: () => C
  /**
   * Frees the memory of its programs at once, which a collector that finds it unreachable does later; nobody has to call
   * it. Only what was handed out before is of use afterwards.
   */
  readonly release: () => void
}

const fitsVariant = ({ form }: Variant, given: unknown): boolean => fitsForm(form, given)

/** Copies tensors into inputs of a program. */
function writeAll({ executable }: Variant, inputs: readonly number[], tensors: readonly AnyTensor[]): void {
  for (const [position, index] of inputs.entries()) {
    const tensor = tensors[position]
    if (tensor !== undefined) executable.inputs[index]?.write(elementsOf(tensor))
  }
}

/** Lets a program work on the memory that another has worked on. */
function share(from: Variant, to: Variant, kind: 'carried' | 'constants'): void {
  for (const [position, index] of to[kind].entries()) {
    const storage = from.executable.inputs[from[kind][position] ?? -1]
    if (storage !== undefined) to.executable.bind(index, storage)
  }
}

const releaseVariant = ({ executable }: Variant): void => {
  executable.release?.()
}

type Progress = 'not begun' | 'failed' | 'ran'

const noResults = (progress: Progress): Error =>
  new Error(
    progress === 'failed'
      ? 'compileFold: the last step failed, so that there are no results of it; run another one'
      : 'compileFold: no step has been run yet; results are those of a step',
  )

function programsOf(what: string, programs = 8): number {
  if (Number.isSafeInteger(programs) && programs > 0) return programs
  throw new RangeError(`${what}: 'programs' is ${programs}; a positive integer is expected`)
}

/**
 * A loop of which every step is a pure function of what the last one handed on and of what it is given: training.
 *
 *     (carried', results) = step(carried, given, constants)
 *
 * The step is traced and compiled for every set of shapes that it is given (whole batches, and the shorter last one),
 * and all programs work on the same memory.
 *
 * @param step from records of trees to `{ carried, results }`; `carried` keeps its form, shapes and dtypes
 * @param options `carried`, where it begins, `constants`, which no step changes, and the `backend`
 * @throws TypeError if the backend is not there, RangeError if `programs` is no positive integer
 * @example
 * const fold = compileFold(
 *   ({ total }: { total: Tensor }, { x }: { x: Tensor }) => ({ carried: { total: add(total, sum(x)) }, results: { size: sum(x) } }),
 *   { carried: { total: scalar(0) } },
 * )
 * for (const x of [[1, 2], [3], [4, 5]]) fold.step({ x: Float32Array.from(x) })
 * fold.result('size') // => 9
 * toNumber(fold.snapshot().total) // => 15
 */
export function compileFold<
  C extends TreeRecord,
  G extends TreeRecord,
  R extends TreeLike<R>,
  K extends TreeRecord = {},
>(
  step: (carried: C, given: G, constants: K) => Folded<AnyShapes<C>, R>,
  options: FoldOptions<C, K>,
): CompiledFold<C, G, R> {
  const what = 'compileFold'
  const backend = backendOf(options.backend ?? 'auto')
  const carriedShapes = inputsOf(what, options.carried) as TreeRecord
  const constantShapes = inputsOf(what, options.constants ?? {}) as TreeRecord
  const carriedForm = formOf(carriedShapes)
  // What a variant shares was bound to the one that runs next, so that it outlives the variant that made it.
  const variants = recent<Variant>(programsOf(what, options.programs), releaseVariant)
  // Until there is a program with memory of its own.
  let waiting = tensorsOf(what, carriedForm, options.carried)
  let constants = tensorsOf(what, formOf(constantShapes), options.constants ?? {})
  let current: Variant | undefined
  let progress: Progress = 'not begun'
  let isReleased = false

  const assertHeld = (): void => {
    if (isReleased) throw new Error('compileFold: the fold was released; make another one from a snapshot')
  }

  const activate = (variant: Variant): void => {
    if (current === undefined) {
      writeAll(variant, variant.carried, waiting)
      writeAll(variant, variant.constants, constants)
      waiting = []
      constants = []
    } else {
      share(current, variant, 'carried')
      share(current, variant, 'constants')
    }
    current = variant
  }

  const compiledFor = (given: GivenTree<G>): Variant => {
    const shapes = givenShapes(what, given) as Readonly<Record<string, never>>
    const all = { carried: carriedShapes, given: shapes, constants: constantShapes }
    return variantOf(what, step as unknown as StepFunction, all, backend)
  }

  /** The variant for what is given, working on what is carried. */
  const activated = (given: GivenTree<G>): Variant => {
    const found = variants.find(fitsVariant, given)
    if (found !== undefined) {
      if (found !== current) activate(found)
      return found
    }
    const made = compiledFor(given)
    activate(made)
    return variants.keep(made)
  }

  const ran = (): Variant => {
    assertHeld()
    if (current === undefined || progress !== 'ran') throw noResults(progress)
    return current
  }

  return {
    backend: backend.description,
    program: () => current?.program,

    load(carried) {
      assertHeld()
      const tensors = tensorsOf('load', carriedForm, carried)
      if (current === undefined) waiting = tensors
      else writeAll(current, current.carried, tensors)
    },

    step(given) {
      assertHeld()
      progress = 'failed'
      const variant = activated(given)
      const { executable, form } = variant
      for (let position = 0; position < form.length; position++) {
        const index = variant.given[position] ?? -1
        const leaf = form[position]
        const storage = executable.inputs[index]
        if (storage === undefined || leaf === undefined) continue
        const elements = elementsGiven(at(given, leaf.path))
        if (elements.length !== storage.length)
          throw wrongLength(what, leaf.name, elements.length, leaf.shape)
        storage.write(elements)
      }
      executable.run()
      progress = 'ran'
    },

    result(path) {
      const { single, executable, results, program } = ran()
      const storage = executable.outputs[single.get(path) ?? -1]
      if (storage !== undefined) return storage.at(0)
      const output = program.outputs[results.get(path) ?? -1]
      throw new TypeError(
        output === undefined
          ? `result: there is no ${said(path)} among the results: ${[...results.keys()].join(', ')}`
          : `result: ${said(path)} is ${showKind(output.tensor)}; results() gives it whole`,
      )
    },

    results() {
      const { results, resultTree, executable } = ran()
      return transformTree(resultTree as Tree, (tensor, path) => {
        const storage = executable.outputs[results.get(path) ?? -1]
        if (storage === undefined) throw noResults(progress)
        return constantOf(tensor, storage.read())
      }) as unknown as R
    },

    snapshot() {
      assertHeld()
      const indices = current?.carried.values()
      const waited = waiting.values()
      return transformTree(carriedShapes as Tree, (tensor) => {
        const storage = indices && current?.executable.inputs[indices.next().value ?? -1]
        if (storage !== undefined) return constantOf(tensor, storage.read())
        return waited.next().value ?? tensor
      }) as unknown as C
    },

    release() {
      if (isReleased) return
      isReleased = true
      for (const variant of variants.values()) {
        variants.forget(variant)
        releaseVariant(variant)
      }
      current = undefined
      waiting = []
      constants = []
    },
  }
}
