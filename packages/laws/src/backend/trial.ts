import {
  evaluate,
  fromValues,
  toArray,
  type Backend,
  type Executable,
  type Program,
  type TypedArray,
} from '@pullback/core'

/** A program with the elements of every input. */
export interface Trial {
  readonly program: Program
  readonly values: readonly TypedArray[]
}

/** The program of a trial prepared, and its inputs written. */
export function started(backend: Backend, { program, values }: Trial): Executable {
  const executable = backend.prepare(program)
  for (const [index, array] of values.entries()) executable.inputs[index]?.write(array)
  return executable
}

/** Copies of what the outputs hold. */
export const outputsOf = ({ outputs }: Executable): readonly TypedArray[] =>
  outputs.map((storage) => storage.read())

/** Copies of what the inputs hold. */
export const inputsOf = ({ inputs }: Executable): readonly TypedArray[] =>
  inputs.map((storage) => storage.read())

/** What the reference gives for the outputs of a trial, or for other tensors that depend on its inputs. */
export function referenceOf(
  { program, values }: Trial,
  tensors = program.outputs.map(({ tensor }) => tensor),
): readonly TypedArray[] {
  const bindings = Object.fromEntries(
    program.inputs.map(({ name, shape, dtype }, index) => [
      name,
      fromValues(values[index] ?? [], [...shape], dtype),
    ]),
  )
  const results = evaluate(Object.fromEntries(tensors.entries()), bindings)
  return tensors.map((tensor, index) => toArray(results[index] ?? tensor))
}
