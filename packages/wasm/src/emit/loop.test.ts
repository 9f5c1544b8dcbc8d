import type { TypedArray } from '@pullback/core'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { machineOf } from '../machine.fixture.ts'
import { preparePlan } from '../prepare.ts'
import { anyLoopPlan, type LoopPlan } from './loopPlan.arbitrary.ts'
import { wantedOf } from './loopInterpreter.fixture.ts'

const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array } as const
const untouched = 12_345
const missing = { value: untouched, error: 0 }

const { machine } = machineOf({ threads: 1 })

function found({ plan, inputs }: LoopPlan): readonly TypedArray[] {
  const executable = preparePlan(machine, plan)
  for (const [index, { dtype }] of plan.inputs.entries())
    executable.inputs[index]?.write(arrays[dtype].from(inputs[index]?.() ?? []))
  for (const [index, { dtype, shape }] of plan.outputs.entries())
    executable.outputs[index]?.write(new arrays[dtype](shape[0] ?? 0).fill(untouched))
  executable.run()
  return executable.outputs.map((output) => output.read())
}

it('a loop writes what it says, where it says it, and nothing else', () => {
  fc.assert(
    fc.property(anyLoopPlan, (drawn) => {
      const { plan, loop, inputs } = drawn
      const wanted = wantedOf(
        loop,
        inputs.map((values, index) => [...arrays[plan.inputs[index]?.dtype ?? 'float32'].from(values())]),
      )
      const wrong: string[] = []
      for (const [index, output] of found(drawn).entries())
        for (const [place, value] of output.entries()) {
          const { value: exact, error } = wanted.get(`${plan.outputs[index]?.buffer} ${place}`) ?? missing
          const isRight = value === exact || (Number.isNaN(value) && Number.isNaN(exact))
          if (!isRight && !(Math.abs(value - exact) <= error))
            wrong.push(`output ${index} has ${value} at ${place}, not ${exact}`)
        }
      expect(wrong).toEqual([])
    }),
    { numRuns: 400, endOnFailure: true },
  )
})
