import { cast, evaluate, isFloat, mapTree, type Tree } from '@pullback/core'
import { boundedResults, type Bounded } from '../expression/bounded.ts'
import { bindingsOf, formOf, resultsOf, sampleExpressions } from '../expression/evaluateSample.ts'
import { expressionsOf, type Expressions } from '../expression/expressions.ts'
import type { Sample } from '../sample/sample.ts'
import { agreement, arraysOf, compareTrees, type Comparison } from './agreement.ts'
import type { Law } from './law.ts'
import { violated } from './outcomes.ts'

const round = <T extends Tree>(tree: T): T =>
  evaluate(mapTree(tree, (x) => (x.dtype === 'float64' ? cast(cast(x, 'float32'), 'float64') : x)))

/** The sample with numbers that float32 holds exactly, so that both interpreters begin with the same. */
const representable = (sample: Sample): Sample => {
  const { params, input, dOutput, context } = sample
  return {
    ...sample,
    params: round(params),
    input: round(input as Tree) as Sample['input'],
    dOutput: round(dOutput),
    context: { ...context, ...(context.state && { state: round(context.state) }) },
  }
}

function narrow(sample: Sample): Expressions | string {
  try {
    return expressionsOf(sample.layer, formOf(sample, 'float32'))
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const results = (expressions: Expressions): Tree => {
  const { output, dParams, dInput } = resultsOf(expressions)
  return { output, params: dParams, input: dInput }
}

/** What part of the largest number of a tensor a bound may be for a comparison to say something. */
const resolution = 1e-2

/** The comparison without a bound where it is too large to say anything. */
function withoutBlind(comparison: Comparison): Comparison {
  const { right, bound } = comparison
  const sizes = Array.from(right, Math.abs).filter(Number.isFinite)
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0)
  if (largest === 0) return comparison
  return {
    ...comparison,
    bound: Float64Array.from(bound, (error) => (error <= resolution * largest ? error : Infinity)),
  }
}

/**
 * The interpreters agree: what a layer gives in float32 is what it gives in float64, within what rounding to float32 can
 * do at the magnitudes at hand, the lengths of reductions included. Undecided are cancelled numbers and ties, at which
 * float32 may go either way.
 */
export const interpretersLaw: Law = {
  name: 'interpreters',
  check(sample) {
    const rounded = representable(sample)
    const expressions = narrow(rounded)
    if (typeof expressions === 'string')
      return violated('interpreters', sample, `with float32 numbers the layer throws: ${expressions}`)
    const bindings = bindingsOf(rounded)
    const wide = evaluate(
      { ...boundedResults(sampleExpressions(rounded), 'float32') },
      bindings,
    ) as unknown as Bounded
    const narrowed = Object.fromEntries(
      Object.entries(bindings).map(([name, tensor]) => [
        name,
        isFloat(tensor.dtype) ? cast(tensor, 'float32') : tensor,
      ]),
    )
    const found = evaluate(results(expressions), narrowed)
    const errors = arraysOf(wide.errors)
    const comparisons = compareTrees(
      found,
      wide.values,
      (path, position) => errors.get(path)?.[position] ?? 0,
    )
    const judge = (judged: readonly Comparison[]) =>
      agreement('interpreters', rounded, 'float32 and float64 differ by more than rounding', judged)
    const outcome = judge(comparisons)
    return outcome.verdict === 'violated' ? outcome : judge(comparisons.map(withoutBlind))
  },
}
