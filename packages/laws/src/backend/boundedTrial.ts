import { zeros, type AnyTensor, type Program, type TypedArray } from '@pullback/core'
import { float64, roundingErrors } from '../expression/rounding.ts'
import type { Difference } from './difference.ts'
import { referenceOf, type Trial } from './trial.ts'

/** Both evaluations round, bounds are of first order, and functions are not rounded correctly. */
const safety = 4

/** A bound beyond this share of the largest element decides nothing. */
const blind = { float32: 0.05, float64: 1e-6, int32: 0 } as const

/** What comparing the outputs of one run has shown. */
export interface Compared {
  readonly worst: Difference | undefined
  readonly elements: number
  /** How many of them rounding could put anywhere. */
  readonly undecided: number
}

/**
 * The outputs of a program with how far rounding can put each off; both are expressions of its inputs, worked out once for
 * all runs. Tiny products may vanish each on its own, so that the least number counts a thousandfold.
 */
function boundedOutputs({ outputs }: Program) {
  const roots = outputs.map(({ tensor }) => tensor)
  const isFloat32 = roots.some(({ dtype }) => dtype === 'float32')
  const errors = roundingErrors(roots, { ...float64, least: isFloat32 ? 2 ** -139 : 2 ** -1064 })
  return {
    roots,
    errors: roots.map((root): AnyTensor => errors.get(root) ?? zeros([...root.shape], 'float64')),
  }
}

const largestOf = (values: TypedArray): number => {
  let most = 0
  for (const value of values) if (Math.abs(value) > most && Math.abs(value) < Infinity) most = Math.abs(value)
  return most
}

/** A judge of runs of a program: whether outputs are the reference's for these inputs, within what rounding can do. */
export function judgeOf(
  program: Program,
): (values: readonly TypedArray[], found: readonly TypedArray[]) => Compared {
  const { roots, errors } = boundedOutputs(program)
  return (values, found) => {
    const trial: Trial = { program, values }
    const results = referenceOf(trial, [...roots, ...errors])
    let worst: Difference | undefined
    let excess = 1
    let elements = 0
    let undecided = 0
    for (const [index, { dtype, shape }] of roots.entries()) {
      const [is, should, bound] = [found[index], results[index], results[roots.length + index]]
      if (is === undefined || should === undefined || bound === undefined || is.length !== should.length)
        throw new Error(`output ${index} has ${is?.length} elements and not ${should?.length}`)
      const most = blind[dtype] * (largestOf(should) || 1)
      for (let position = 0; position < should.length; position++) {
        const [f, w, b] = [is[position] ?? NaN, should[position] ?? NaN, safety * (bound[position] ?? NaN)]
        elements += 1
        if (!(b <= most) && b !== 0) undecided += 1
        if (Object.is(f, w) || f === w || !(b < Infinity)) continue
        const apart = Math.abs(f - w)
        if (apart <= b) continue
        const ratio = Number.isNaN(apart) ? Infinity : apart / (b + Number.MIN_VALUE)
        if (ratio <= excess) continue
        excess = ratio
        const tensor = program.outputs[index]?.name ?? ''
        worst = { tensor, dtype, shape, position, found: f, wanted: w, allowed: b }
      }
    }
    return { worst, elements, undecided }
  }
}
