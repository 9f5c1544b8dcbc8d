import {
  evaluate,
  exp,
  input,
  neg,
  reshape,
  tensor,
  toArray,
  transpose,
  type AnyTensor,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { programArbitrary } from '../../evaluate/expression.arbitrary.ts'
import type { TypedArray } from '../../tensor/dtype.ts'
import type { Program } from '../program.ts'
import { element } from './element.ts'
import { lower } from './lower.ts'
import { lowerableArbitrary } from './lowerable.arbitrary.ts'
import { interpret } from './planInterpreter.fixture.ts'

const withOutputs = (outputs: readonly AnyTensor[], inputs: Program['inputs']): Program => ({
  inputs,
  outputs: outputs.map((tensor, index) => ({ name: `r${index}`, tensor })),
  carried: [],
})

type Elements = readonly (readonly number[])[]

const elementsOf = (arrays: readonly TypedArray[]): Elements => arrays.map((array) => Array.from(array))

/** What the reference makes of the inputs of a program; the error if it throws one. */
function reference(
  { inputs, outputs }: Program,
  values: readonly AnyTensor[],
): readonly AnyTensor[] | RangeError {
  const bindings = Object.fromEntries(inputs.map(({ name }, index) => [name, element(values, index)]))
  try {
    return Object.values(
      evaluate(Object.fromEntries(outputs.map(({ name, tensor }) => [name, tensor])), bindings),
    )
  } catch (error) {
    if (error instanceof RangeError) return error
    throw error
  }
}

/** Runs a program on the reference and on its plan, the carried outputs being inputs of the next of `runs`. */
function compareRuns(program: Program, values: readonly AnyTensor[], runs: number): void {
  const { inputs, outputs, run, carry } = interpret(lower(program))
  const state = [...values]
  for (const [index, value] of values.entries()) element(inputs, index).set(toArray(value))
  for (let times = 0; times < runs; times++) {
    const expected = reference(program, state)
    if (expected instanceof RangeError) {
      const before = elementsOf(inputs)
      expect(run).toThrow(RangeError)
      expect(elementsOf(inputs)).toEqual(before)
      return
    }
    run()
    expect(elementsOf(outputs)).toEqual(elementsOf(expected.map(toArray)))
    carry()
    for (const { output, input } of program.carried) state[input] = element(expected, output)
  }
}

describe('plans compute what the reference does, run after run', () => {
  test('on programs of all primitives', () => {
    fc.assert(
      fc.property(programArbitrary, ({ roots, bindings }) => {
        const inputs = Object.entries(bindings).map(([name, { shape, dtype }]) => ({ name, shape, dtype }))
        compareRuns(withOutputs(roots, inputs), Object.values(bindings), 2)
      }),
      { numRuns: 500 },
    )
  })

  test('on programs as nets are, with a state that is carried and indices that may be out of range', () => {
    fc.assert(
      fc.property(lowerableArbitrary, ({ program, values }) => compareRuns(program, values, 3)),
      { numRuns: 700 },
    )
  })
})

describe('programs of any depth', () => {
  const x = input('x', [2, 2])
  const inputs = [{ name: 'x', shape: [2, 2], dtype: 'float32' }] as const

  test.each<[string, (link: Tensor) => Tensor]>([
    ['operations', (link) => neg(link)],
    ['views', (link) => transpose(link)],
    ['reshapes of views', (link) => reshape(reshape(transpose(link), [4]), [2, 2])],
    ['operations and views', (link) => neg(transpose(link))],
  ])('a chain of 10,000 %s', (_, next) => {
    let chain: Tensor = exp(x)
    for (let link = 0; link < 10_000; link++) chain = next(chain)
    const program = withOutputs([chain], inputs)
    compareRuns(
      program,
      [
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ],
      1,
    )
  })
})
