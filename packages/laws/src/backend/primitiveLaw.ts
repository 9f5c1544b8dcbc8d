import type { Op, Program } from '@pullback/core'
import * as fc from 'fast-check'
import { brokenBackend } from './brokenBackend.ts'
import type { BackendLaw, Setting } from './law.ts'
import { primitiveDifference } from './nearness.ts'
import { primitives } from './primitives.ts'
import { tensorOf, type PrimitiveSample } from './primitiveSample.ts'
import { legibly } from './programSample.ts'
import { outputsOf, started, type Trial } from './trial.ts'

/** The program that is one primitive. */
export function trialOf({ operands, build }: PrimitiveSample): Trial {
  const tensors = operands.map(tensorOf)
  const given = operands.flatMap((operand, index) =>
    operand.isConstant ? [] : [{ ...operand, name: `x${index}` }],
  )
  const program: Program = {
    inputs: given.map(({ name, shape, dtype }) => ({ name, shape, dtype })),
    outputs: [{ name: 'y', tensor: build(tensors) }],
    carried: [],
  }
  return legibly({ program, values: given.map(({ values }) => values) })
}

/** A primitive by itself gives what the reference gives, as near as its kind allows. */
export function primitiveLaw(op: Op, { backend, ulps, settle }: Setting): BackendLaw {
  const { samples, nearness } = primitives[op]
  const property = fc.asyncProperty<[unknown]>(
    samples.map((sample) => ({ ...sample, ...legibly(trialOf(sample)) })),
    async (drawn) => {
      const sample = drawn as PrimitiveSample & Trial
      const executable = started(backend, sample)
      await settle()
      executable.run()
      const [found] = outputsOf(executable)
      const difference = found && primitiveDifference(nearness, sample, sample, found, ulps)
      if (difference !== undefined)
        throw brokenBackend(backend, op, 'a primitive is not what the reference gives', sample, difference)
    },
  )
  return { name: op, property, undecided: () => 0 }
}
