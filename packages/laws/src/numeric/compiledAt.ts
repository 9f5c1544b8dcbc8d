import {
  dependencyOrder,
  elementCount,
  simplify,
  toArray,
  type AnyTensor,
  type Backend,
  type Executable,
  type Program,
} from '@pullback/core'
import type { ManyAt, Variable } from './manyAt.ts'
import { stacked } from './stacked.ts'

/** How many copies are computed in one run: enough to share what a run costs, and few enough to stay in a cache. */
const together = 32

/** The program of `together` copies of some expressions, and what a run takes. */
interface Copies {
  readonly program: Program
  readonly executable: Executable
}

function prepared(backend: Backend, roots: readonly AnyTensor[], variables: readonly Variable[]): Copies {
  const names = variables.map(({ name }) => name)
  const tensors = stacked(roots, names, together)
  const inputs = new Map(
    dependencyOrder(tensors).flatMap(({ expression, shape, dtype }) =>
      expression.op === 'input' ? [[expression.name, { name: expression.name, shape, dtype }] as const] : [],
    ),
  )
  const program = simplify({
    inputs: [...inputs.values()],
    outputs: tensors.map((tensor, index) => ({ name: `root${index}`, tensor })),
    carried: [],
  })
  return { program, executable: backend.prepare(program) }
}

/**
 * An evaluator of expressions at many values of their inputs, as `manyAt` is, by a backend: one program computes a number
 * of copies, and runs as often as it takes.
 *
 * @param variables the inputs that differ from copy to copy
 */
export function compiledAt(
  backend: Backend,
  roots: readonly AnyTensor[],
  variables: readonly Variable[],
): ManyAt {
  let copiesOf: Copies | undefined
  return (copies, count, fixed = {}) => {
    copiesOf ??= prepared(backend, roots, variables)
    const { program, executable } = copiesOf
    const given = program.inputs.map(({ name }, input) => {
      const variable = variables.findIndex((one) => one.name === name)
      const own = fixed[name]
      if (variable < 0 && own !== undefined) executable.inputs[input]?.write(toArray(own))
      const size = elementCount(variables[variable]?.shape ?? [])
      return { input, size, values: copies[variable], room: new Float64Array(together * size) }
    })
    const results = roots.map(({ shape }) => new Float64Array(count * elementCount(shape)))
    for (let from = 0; from < count; from += together) {
      const taken = Math.min(together, count - from)
      for (const { input, size, values, room } of given)
        if (values !== undefined) {
          // Beyond the last copy the room holds copies of before, whose results nobody reads.
          room.set(values.subarray(from * size, (from + taken) * size))
          executable.inputs[input]?.write(room)
        }
      executable.run()
      for (const [index, result] of results.entries()) {
        const size = elementCount(roots[index]?.shape ?? [])
        const found = executable.outputs[index]?.read() ?? new Float64Array(0)
        result.set(found.subarray(0, taken * size), from * size)
      }
    }
    return results
  }
}
