import {
  dependencyOrder,
  leaves,
  simplify,
  toArray,
  type Backend,
  type Executable,
  type Float,
  type Program,
  type TypedArray,
} from '@pullback/core'
import { judgeOf, type Compared } from '../backend/boundedTrial.ts'
import { bindingsOf, formOf, resultsOf } from '../expression/evaluateSample.ts'
import { expressionsOf, type Expressions } from '../expression/expressions.ts'
import { indexIn } from '../gradient/place.ts'
import type { Sample } from '../sample/sample.ts'
import type { Outcome } from './law.ts'
import { firstOf, holds, violated } from './outcomes.ts'

/** Forward and backward of a layer as a program, its results called what reports call them. */
function programOf(expressions: Expressions): Program {
  const { output, dParams, dInput } = resultsOf(expressions)
  const outputs = leaves({ output, params: dParams, input: dInput }).map(([name, tensor]) => ({
    name,
    tensor,
  }))
  const inputs = dependencyOrder(outputs.map(({ tensor }) => tensor)).flatMap(
    ({ expression, shape, dtype }) =>
      expression.op === 'input' ? [{ name: expression.name, shape, dtype }] : [],
  )
  return simplify({ inputs, outputs, carried: [] })
}

/** A layer of given sizes on a backend, and what judges its results. */
interface Running {
  readonly program: Program
  readonly executable: Executable
  readonly judge: (values: readonly TypedArray[], found: readonly TypedArray[]) => Compared
}

const known = new WeakMap<Expressions, Map<Backend, Running>>()

function runningOf(expressions: Expressions, backend: Backend): Running {
  const all = known.get(expressions) ?? new Map<Backend, Running>()
  known.set(expressions, all)
  const found = all.get(backend)
  if (found !== undefined) return found
  const program = programOf(expressions)
  const running = { program, executable: backend.prepare(program), judge: judgeOf(program) }
  all.set(backend, running)
  return running
}

function agreementIn(sample: Sample, backend: Backend, dtype: Float): Outcome {
  let expressions
  try {
    expressions = expressionsOf(sample.layer, formOf(sample, dtype))
  } catch {
    // A layer that looks at values is no program.
    return holds
  }
  const { program, executable, judge } = runningOf(expressions, backend)
  const bindings = bindingsOf(sample)
  const values = program.inputs.map(({ name, dtype: own }) => {
    const tensor = bindings[name]
    if (tensor === undefined) throw new Error(`the sample has no value of ${name}`)
    const given = toArray(tensor)
    return own === 'float32' ? Float32Array.from(given) : given
  })
  for (const [index, array] of values.entries()) executable.inputs[index]?.write(array)
  executable.run()
  const { worst } = judge(
    values,
    executable.outputs.map((storage) => storage.read()),
  )
  if (worst === undefined) return holds
  const { tensor, shape, position, found, wanted, allowed } = worst
  return violated(
    'interpreters',
    sample,
    `in ${dtype} the backend ${backend.name} and the reference differ by more than rounding`,
    { place: { tensor, index: indexIn(position, shape) }, analytic: found, expected: wanted, bound: allowed },
  )
}

/** Whether a backend gives for a sample what the reference gives, forward and backward, within what rounding can do. */
export const backendAgreement = (sample: Sample, backend: Backend): Outcome =>
  firstOf((['float64', 'float32'] as const).map((dtype) => () => agreementIn(sample, backend, dtype)))
