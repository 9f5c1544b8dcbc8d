import { isFloat, isTensor, leaves, shapeOf, showShape, type AnyTensor, type Tree } from '@pullback/core'
import { formOf } from '../expression/evaluateSample.ts'
import { applyLayer, expressionsOf, type Expressions } from '../expression/expressions.ts'
import type { Sample } from '../sample/sample.ts'
import type { Law, Outcome } from './law.ts'
import { firstOf, holds, violated } from './outcomes.ts'

const show = ({ dtype, shape }: AnyTensor): string => `${dtype} ${showShape(shape)}`

/** Why a tree has not the tensors, shapes and dtypes of another. */
function difference(
  what: string,
  expected: Tree,
  found: Tree,
): readonly [sentence: string, path: string] | undefined {
  const remaining = new Map(leaves(found))
  for (const [path, tensor] of leaves(expected)) {
    const other = remaining.get(path)
    remaining.delete(path)
    if (other === undefined) return [`${what} is missing`, path]
    if (show(other) !== show(tensor)) return [`${what} is ${show(other)}, not ${show(tensor)}`, path]
  }
  const [extra] = remaining.keys()
  return extra === undefined ? undefined : [`${what} is given although nothing has such a gradient`, extra]
}

const floatsOf = (input: Sample['input']): Tree => {
  if (isTensor(input)) return isFloat(input.dtype) ? input : {}
  return Object.fromEntries(Object.entries(input).filter(([, { dtype }]) => isFloat(dtype)))
}

function compared(sample: Sample, tensor: string, what: string, expected: Tree, found: Tree): Outcome {
  const different = difference(what, expected, found)
  if (different === undefined) return holds
  const [sentence, path] = different
  const full = path === '' ? tensor : `${tensor}.${path}`
  return violated('structure', sample, sentence, { place: { tensor: full, index: [] } })
}

function outputRight(sample: Sample, { output }: Expressions): Outcome {
  const promised = sample.layer.rule.apply(formOf(sample).shapes)
  if (promised._tag === 'Left') return violated('structure', sample, promised.left)
  const floats = [...leaves(sample.params), ...leaves(floatsOf(sample.input))].map(([, { dtype }]) => dtype)
  const dtype = Array.isArray(promised.right) ? (floats[0] ?? output.dtype) : 'int32'
  const expected = `${dtype} ${showShape(shapeOf(promised.right))}`
  return show(output) === expected
    ? holds
    : violated('structure', sample, `the output is ${show(output)}, not ${expected}`, {
        place: { tensor: 'output', index: [] },
      })
}

function applied(sample: Sample): Expressions | string {
  let part = 'forward'
  const dOutputOf = () => {
    part = 'backward'
    return sample.dOutput
  }
  try {
    return applyLayer(sample.layer, sample, dOutputOf)
  } catch (error) {
    return `${part} throws: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** Layers are checked at every form of their samples once: structure depends on nothing else. */
const right = new WeakSet<Expressions>()

/** The expressions that the other laws judge by, if they can be built. */
function cached(sample: Sample): Expressions | undefined {
  try {
    return expressionsOf(sample.layer, formOf(sample))
  } catch {
    return undefined
  }
}

/**
 * The gradient has exactly the tree of the parameters, dInput that of the inputs of floats, shapes and dtypes included;
 * the output is as the rule says; the state has the tree that it began with.
 */
export const structureLaw: Law = {
  name: 'structure',
  check(sample) {
    const known = cached(sample)
    if (known !== undefined && right.has(known)) return holds
    const found = applied(sample)
    if (typeof found === 'string') return violated('structure', sample, found)
    const { params, input, layer } = sample
    const outcome = firstOf([
      () => outputRight(sample, found),
      () => compared(sample, 'params', 'the gradient', params, found.dParams),
      () => compared(sample, 'input', 'the gradient', floatsOf(input), found.dInput ?? {}),
      () =>
        compared(sample, 'state', 'the new state', sample.context.state ?? layer.initialState, found.state),
    ])
    if (known !== undefined && outcome.verdict === 'holds') right.add(known)
    return outcome
  },
}
