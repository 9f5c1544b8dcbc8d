import {
  evaluate,
  fromValues,
  isFloat,
  leaves,
  mapTree,
  toArray,
  type AnyTensor,
  type Tree,
} from '@pullback/core'
import { branchesOf, dependents } from '../expression/branch.ts'
import { bindingsOf, formOf, resultsOf } from '../expression/evaluateSample.ts'
import { expressionsOf, givenLeaves, type Expressions } from '../expression/expressions.ts'
import { randomFrom } from './random.ts'
import type { Sample } from './sample.ts'

/** On the branch, close to it and well off it, on either side. */
const targets = [0, 1e-3, -1e-3, 0.7, -0.7]

/** How many numbers `steer` tells apart for a layer of not too many branches. */
export const steerings = 60

const gapsOf = new WeakMap<Expressions, readonly AnyTensor[]>()

/** The gaps of floats that a sample can move. */
function gaps(expressions: Expressions): readonly AnyTensor[] {
  const known = gapsOf.get(expressions)
  if (known !== undefined) return known
  const branches = branchesOf({ ...resultsOf(expressions) })
  const found = branches.map(({ gap }) => gap).filter(({ dtype }) => isFloat(dtype))
  const moving = dependents(
    found,
    givenLeaves(expressions).flatMap(([, tensor]) => (isFloat(tensor.dtype) ? [tensor] : [])),
  )
  const steerable = found.filter((gap) => moving.has(gap))
  gapsOf.set(expressions, steerable)
  return steerable
}

function moved<T extends Tree>(tree: T, name: string, seed: number, t: number): T {
  return mapTree(tree, (tensor, path) => {
    if (!isFloat(tensor.dtype)) return tensor
    const random = randomFrom(seed, `steer ${name} ${path}`)
    return fromValues(
      toArray(tensor).map((value) => value + t * random.normal()),
      [...tensor.shape],
      tensor.dtype,
    )
  })
}

/**
 * The sample moved along a random direction until one element of one branch's gap is where it is wanted: secant steps,
 * which are exact where the gap is linear. Where they lead nowhere, the sample as it is.
 *
 * @param steer which branch and which side of it: 1, 2, ...
 */
export function steered(sample: Sample, steer: number): Sample {
  let expressions: Expressions
  try {
    expressions = expressionsOf(sample.layer, formOf(sample))
  } catch {
    return sample
  }
  const found = gaps(expressions)
  const gap = found[(steer - 1) % Math.max(found.length, 1)]
  if (gap === undefined) return sample
  const target = targets[Math.floor((steer - 1) / found.length) % targets.length] ?? 0
  const random = randomFrom(sample.seed, 'steer')
  const size = leaves(gap).reduce((count, [, { shape }]) => shape.reduce((n, axis) => n * axis, count), 1)
  const element = random.below(size)
  const at = (t: number): Sample => ({
    ...sample,
    params: moved(sample.params, 'params', sample.seed, t / 4),
    input: moved(sample.input as Tree, 'input', sample.seed, t) as Sample['input'],
  })
  const miss = (candidate: Sample) => (toArray(evaluate(gap, bindingsOf(candidate)))[element] ?? NaN) - target
  let [before, after] = [0, 0.1]
  let [missBefore, missAfter] = [miss(sample), miss(at(after))]
  for (let round = 0; round < 3 && missAfter !== 0; round++) {
    const next = after - (missAfter * (after - before)) / (missAfter - missBefore)
    if (!(Math.abs(next) < 20)) return sample
    ;[before, missBefore] = [after, missAfter]
    after = next
    missAfter = miss(at(after))
  }
  return Number.isFinite(missAfter) ? at(after) : sample
}
