import type { Backend, Executable } from '../backend.ts'
import { prepareMakingRoom } from '../makingRoom.ts'
import type { Program } from '../program.ts'
import type { InputShapes } from '../shapes.ts'
import { simplify } from '../simplify/simplify.ts'
import { traced } from '../trace.ts'
import { formOf, type Leaf } from '../treeForm.ts'
import { elementCount } from '../../tensor/shape.ts'
import { isTensor } from '../../tensor/tensor.ts'
import type { TreeRecord } from '../../tensor/tree.ts'
import { usedInputs } from '../usedInputs.ts'

/** One step as a function on expressions. */
export type StepFunction = (
  carried: TreeRecord,
  given: TreeRecord,
  constants: TreeRecord,
) => { readonly carried: TreeRecord; readonly results: TreeRecord }

/** The shapes of what a step works on; the three records have no name in common. */
export interface StepShapes {
  readonly carried: TreeRecord
  readonly given: Readonly<Record<string, InputShapes>>
  readonly constants: TreeRecord
}

/** A step made ready for one set of shapes of what it is given. */
export interface Variant {
  readonly program: Program
  readonly executable: Executable
  /** What it is given, and which inputs these are; -1 for what no output needs. */
  readonly form: readonly Leaf[]
  readonly given: readonly number[]
  /** Which inputs are carried, and which are constants, each in the order of their trees. */
  readonly carried: readonly number[]
  readonly constants: readonly number[]
  /** Which outputs the results are, by path, and the tree of them as expressions. */
  readonly results: ReadonlyMap<string, number>
  readonly resultTree: TreeRecord
  /** Those of one element. */
  readonly single: ReadonlyMap<string, number>
}

function checkApart(what: string, kinds: readonly (readonly [kind: string, record: object])[]): void {
  const owners = new Map<string, string>()
  for (const [kind, record] of kinds)
    for (const name of Object.keys(record)) {
      const owner = owners.get(name)
      if (owner !== undefined)
        throw new TypeError(`${what}: '${name}' is ${owner} and ${kind}; rename one of the two`)
      owners.set(name, kind)
    }
}

const picked = (tree: TreeRecord, names: object): TreeRecord =>
  Object.fromEntries(Object.entries(tree).filter(([name]) => Object.hasOwn(names, name)))

const isBranch = (value: unknown): value is TreeRecord =>
  typeof value === 'object' && value !== null && !isTensor(value)

const isFolded = (value: unknown): value is ReturnType<StepFunction> =>
  typeof value === 'object' &&
  value !== null &&
  'carried' in value &&
  'results' in value &&
  isBranch(value.carried) &&
  isBranch(value.results)

/** Calls a function with what is given; if it fails where it has asked for what is not, that is said. */
function calledWith<R>(what: string, given: TreeRecord, fn: (given: TreeRecord) => R): R {
  let missing: string | undefined
  const told = new Proxy(given, {
    get(target, name): unknown {
      if (typeof name === 'string' && !(name in target)) missing ??= name
      return Reflect.get(target, name)
    },
  })
  try {
    return fn(told)
  } catch (error) {
    if (missing === undefined) throw error
    const names = Object.keys(given).join(', ')
    throw new TypeError(
      `${what}: the function takes '${missing}', but is given ${names === '' ? 'nothing' : `only ${names}`}`,
      { cause: error },
    )
  }
}

/** Traces, simplifies and prepares a step for some shapes. */
export function variantOf(what: string, step: StepFunction, shapes: StepShapes, backend: Backend): Variant {
  checkApart(what, [
    ['carried', shapes.carried],
    ['given', shapes.given],
    ['a constant', shapes.constants],
  ])
  let carriedNames = Object.keys(shapes.carried)
  let resultTree: TreeRecord = {}
  const all: Readonly<Record<string, InputShapes>> = {
    ...shapes.carried,
    ...shapes.given,
    ...shapes.constants,
  }
  const { program: original, inputs } = traced(
    what,
    (tree: unknown): TreeRecord => {
      const [carried, given, constants] = [shapes.carried, shapes.given, shapes.constants].map((names) =>
        picked(tree as TreeRecord, names),
      )
      const after: unknown = calledWith(what, given ?? {}, (all) => step(carried ?? {}, all, constants ?? {}))
      if (!isFolded(after))
        throw new TypeError(`${what}: the function gives no { carried, results }, two records of tensors`)
      checkApart(what, [
        ['carried', after.carried],
        ['a result', after.results],
      ])
      carriedNames = [...new Set([...carriedNames, ...Object.keys(after.carried)])]
      resultTree = after.results
      return { ...after.carried, ...after.results }
    },
    all,
    () => Object.fromEntries(carriedNames.map((name) => [name, name])),
  )
  const program = simplify(original)
  const used = usedInputs(program)
  const positions = new Map(program.inputs.map(({ name }, index) => [name, index]))
  const inputsAt = (names: object) => formOf(picked(inputs, names))
  const indices = (form: readonly Leaf[]) => form.map(({ name }) => positions.get(name) ?? -1)
  const form = inputsAt(shapes.given)
  const outputs = new Map(program.outputs.map(({ name }, index) => [name, index]))
  const results = formOf(resultTree).map((leaf) => ({ ...leaf, index: outputs.get(leaf.name) ?? -1 }))
  return {
    program,
    executable: prepareMakingRoom(backend, program),
    form,
    given: indices(form).map((index) => (used.has(index) ? index : -1)),
    carried: indices(inputsAt(shapes.carried)),
    constants: indices(inputsAt(shapes.constants)),
    results: new Map(results.map(({ name, index }) => [name, index])),
    single: new Map(
      results.flatMap(({ name, index, shape }) => (elementCount(shape) === 1 ? [[name, index]] : [])),
    ),
    resultTree,
  }
}
