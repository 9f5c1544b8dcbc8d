import { dependencyOrder } from '../evaluate/order.ts'
import { equalShapes } from '../tensor/shape.ts'
import { isTensor, type AnyTensor } from '../tensor/tensor.ts'
import { isTree, leaves, type Tree } from '../tensor/tree.ts'
import type { Carry } from './plan.ts'
import type { Program, ProgramInput, ProgramOutput } from './program.ts'
import { said, show, showKind } from './sentence.ts'
import { inputsOf, nameAt, type InputShapes, type TracedInputs } from './shapes.ts'

/** A tree of tensors whose records may be interfaces, which do not say that they have no other properties. */
export type TreeLike<T> = AnyTensor | { readonly [K in keyof T]: TreeLike<T[K]> }

/** Which results are inputs of the next run: paths of subtrees of the inputs by paths of subtrees of the results. */
export type Carried = Readonly<Record<string, string>>

/** A function traced: the program, and the trees of its inputs and results. */
export interface Traced<I, O> {
  readonly program: Program
  readonly inputs: I
  readonly outputs: O
}

/** The sentence for the first thing in a result that is neither a tensor nor a record of them. */
function resultFlaw(value: unknown, path: string): string | undefined {
  if (isTensor(value)) return undefined
  if (value instanceof Promise)
    return `gives a promise${path === '' ? '' : ` at ${said(path)}`}; what is traced is called once and waits for nothing`
  if (!isTree(typeof value === 'object' && value !== null && !Array.isArray(value) ? {} : value))
    return `gives ${show(value)}${path === '' ? '' : ` at ${said(path)}`}, where a tensor or a record of tensors is expected; numbers become tensors by scalar`
  for (const [name, child] of Object.entries(value as object)) {
    const flaw = resultFlaw(child, path === '' ? name : `${path}.${name}`)
    if (flaw !== undefined) return flaw
  }
  return undefined
}

function checkTree(what: string, value: unknown): asserts value is Tree {
  const flaw = resultFlaw(value, '')
  if (flaw !== undefined) throw new TypeError(`${what}: the function ${flaw}`)
}

function checkNames(what: string, kind: string, named: readonly { readonly name: string }[]): void {
  const seen = new Set<string>()
  for (const { name } of named) {
    if (seen.has(name))
      throw new TypeError(`${what}: two ${kind} are at ${said(name)}; rename one of them, without a dot`)
    seen.add(name)
  }
}

// What a layer that is given no key draws from.
const keyOf = 'key of '

function checkInputs(what: string, inputs: readonly ProgramInput[], outputs: readonly ProgramOutput[]): void {
  const own = new Map(inputs.map((one) => [one.name, one]))
  for (const tensor of dependencyOrder(outputs.map((output) => output.tensor))) {
    if (tensor.expression.op !== 'input') continue
    const { name } = tensor.expression
    const found = own.get(name)
    if (found === undefined && name.startsWith(keyOf))
      throw new TypeError(
        `${what}: ${name.slice(keyOf.length)} draws random numbers, but is given no key; give { key: seed(...) }`,
      )
    if (found === undefined || found.dtype !== tensor.dtype || !equalShapes(found.shape, tensor.shape))
      throw new TypeError(
        `${what}: the function uses an input ${said(name)}, ${showKind(tensor)}, which is none of its own; hand it in with the others`,
      )
  }
}

const within = (path: string, name: string): boolean => name === path || name.startsWith(`${path}.`)

function carriesOf(
  what: string,
  inputs: readonly ProgramInput[],
  outputs: readonly ProgramOutput[],
  carried: Carried,
): readonly Carry[] {
  const results = new Set(outputs.map(({ name }) => name))
  const takers = new Map(inputs.map((input, index) => [input.name, { input, index }]))
  return Object.entries(carried).flatMap(([from, to]) => {
    const missing = inputs.find(({ name }) => within(to, name) && !results.has(from + name.slice(to.length)))
    if (missing !== undefined)
      throw new TypeError(
        `${what}: the function gives no ${said(from + missing.name.slice(to.length))}, which the next step takes as ${said(missing.name)}; give back all that is carried`,
      )
    return outputs.flatMap(({ name, tensor }, output) => {
      if (!within(from, name)) return []
      const target = to + name.slice(from.length)
      const taker = takers.get(target)
      if (taker === undefined)
        throw new TypeError(
          `${what}: the function gives ${said(name)} to be carried, but takes no ${said(target)}`,
        )
      const { input, index } = taker
      if (tensor.dtype !== input.dtype || !equalShapes(tensor.shape, input.shape))
        throw new TypeError(
          `${what}: ${said(input.name)} is ${showKind(input)} but ${showKind(tensor)} after a step; what is carried keeps its shape and dtype`,
        )
      return [{ output, input: index }]
    })
  })
}

/**
 * Traces a function as `trace` does, keeping the trees of its inputs and results; `what` names who asks in
 * sentences, and `carried` is asked for when the function has been called.
 */
export function traced<const S extends InputShapes, O extends TreeLike<O>>(
  what: string,
  fn: (inputs: TracedInputs<S>) => O,
  shapes: S,
  carried: () => Carried = () => ({}),
): Traced<TracedInputs<S>, O> {
  const inputs = inputsOf(what, shapes)
  const taken = leaves(inputs).map(([path, { shape, dtype }]) => ({
    name: nameAt(path, 'input'),
    shape,
    dtype,
  }))
  checkNames(what, 'inputs', taken)
  const outputs = fn(inputs)
  checkTree(what, outputs)
  const given = leaves(outputs).map(([path, tensor]) => ({ name: nameAt(path, 'output'), tensor }))
  checkNames(what, 'results', given)
  checkInputs(what, taken, given)
  const program = { inputs: taken, outputs: given, carried: carriesOf(what, taken, given, carried()) }
  return { program, inputs, outputs }
}

/**
 * The program of a pure function on a tree of tensors, traced for fixed shapes: the function is called once, with
 * inputs named by their paths. Nothing is computed, and nothing simplified.
 *
 * @param fn from a tree of tensors to a tree of tensors
 * @param options `shapes` of the inputs, a tree of `[5, 4]` (float32), `{ shape: [5], dtype: 'int32' }` or tensors, and
 *   `carried`, which results are inputs of the next run, such as `{ params: 'params' }`
 * @throws TypeError if the function gives anything but tensors, or what is carried changes its shape or dtype
 * @example
 * const program = trace(({ x, y }) => ({ z: add(x, y) }), { shapes: { x: [2, 3], y: [3] } })
 * program.inputs.map(({ name }) => name) // => ['x', 'y']
 */
export const trace = <const S extends InputShapes, O extends TreeLike<O>>(
  fn: (inputs: TracedInputs<S>) => O,
  { shapes, carried = {} }: { readonly shapes: S; readonly carried?: Carried },
): Program => traced('trace', fn, shapes, () => carried).program
