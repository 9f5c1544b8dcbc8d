import { makeTensor, type AnyTensor } from '../../tensor/tensor.ts'
import type { Op } from '../../tensor/expression.ts'
import type { Program } from '../program.ts'
import { arithmetic } from './arithmetic.ts'
import { broadcasting } from './broadcasting.ts'
import { folding } from './folding.ts'
import { movement } from './movement.ts'
import { products } from './products.ts'
import { rebuild } from './rebuild.ts'
import { reluMasks } from './reluMasks.ts'
import type { Build, Rewrite } from './rewrite.ts'
import { sharing } from './sharing.ts'

/** All rewrites of single expressions, in the order in which they are tried. */
export const rewrites: readonly Rewrite[] = [
  ...arithmetic,
  ...movement,
  ...products,
  ...broadcasting,
  ...folding,
]

const byOp = new Map<Op, Rewrite[]>()
for (const one of rewrites) for (const op of one.ops) byOp.set(op, [...(byOp.get(op) ?? []), one])

/** The expressions as simple as the rewrites make them, equal ones being one tensor. */
function simplest(roots: readonly AnyTensor[], told: (reason: string) => void): readonly AnyTensor[] {
  const keyOf = sharing()
  const known = new Map<string, AnyTensor>()
  const simple = (tensor: AnyTensor): AnyTensor => {
    const key = keyOf(tensor)
    const found = known.get(key)
    if (found !== undefined) return found
    const better = rewritten(tensor) ?? tensor
    known.set(key, better)
    return better
  }
  const build: Build = (expression, shape, dtype) => simple(makeTensor(expression, shape, dtype))
  const rewritten = (tensor: AnyTensor): AnyTensor | undefined => {
    for (const { reason, apply } of byOp.get(tensor.expression.op) ?? []) {
      const better = apply(tensor, build)
      if (better === undefined) continue
      told(reason)
      return better
    }
    return undefined
  }
  return rebuild(roots, simple)
}

const tellNobody = (): void => undefined

/**
 * The program with the same results, to the bit, and less to compute: what it needs twice is there once, what no output
 * needs is gone, what is known is computed, and no operation is left that changes nothing.
 *
 * An index out of range is an error of the program only as long as something needs what is read there.
 *
 * @param told the reason of every rewrite that is applied
 * @example
 * const program = trace((x) => add(mul(x, 1), mul(x, 1)), { shapes: [2] })
 * const { outputs } = simplify(program)
 * dependencyOrder(outputs.map(({ tensor }) => tensor)).map(({ expression }) => expression.op) // => ['input', 'add']
 */
export function simplify(program: Program, told: (reason: string) => void = tellNobody): Program {
  const roots = program.outputs.map(({ tensor }) => tensor)
  const once = simplest(roots, told)
  const masked = reluMasks(once, told)
  const isSame = masked.every((tensor, index) => tensor === once[index])
  const simplified = isSame ? once : simplest(masked, told)
  const outputs = program.outputs.map(({ name, tensor }, index) => ({
    name,
    tensor: simplified[index] ?? tensor,
  }))
  return { ...program, outputs }
}
