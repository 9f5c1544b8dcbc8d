import {
  add,
  evaluate,
  exp,
  input,
  matmul,
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

/** What something gives; the name of what it throws where an index is out of range. */
function attempt<R>(compute: () => R): R | string {
  try {
    return compute()
  } catch (error) {
    if (error instanceof RangeError) return error.name
    throw error
  }
}

function reference({ inputs, outputs }: Program, values: readonly AnyTensor[]): readonly AnyTensor[] {
  const bindings = Object.fromEntries(inputs.map(({ name }, index) => [name, element(values, index)]))
  const tree = Object.fromEntries(outputs.map(({ name, tensor }) => [name, tensor]))
  return Object.values(evaluate(tree, bindings))
}

/** For each run the outputs, or the error, and the inputs of the next. */
type Runs = readonly (Elements | string)[]

/** Runs a program on its plan and on the reference, the carried outputs being inputs of the next run. */
function runsOf(program: Program, values: readonly AnyTensor[], times: number) {
  const { inputs, outputs, run, carry } = interpret(lower(program))
  for (const [index, value] of values.entries()) element(inputs, index).set(toArray(value))
  const planned: (Elements | string)[] = []
  const expected: (Elements | string)[] = []
  const state = [...values]
  for (let time = 0; time < times; time++) {
    const failure = attempt(run)
    planned.push(failure ?? elementsOf(outputs))
    if (failure === undefined) carry()
    planned.push(elementsOf(inputs))
    const results = attempt(() => reference(program, state))
    expected.push(typeof results === 'string' ? results : elementsOf(results.map(toArray)))
    if (typeof results !== 'string')
      for (const { output, input } of program.carried) state[input] = element(results, output)
    expected.push(elementsOf(state.map(toArray)))
  }
  return { planned, expected } satisfies Record<string, Runs>
}

describe('plans compute what the reference does, run after run', () => {
  test('on programs of all primitives', () => {
    fc.assert(
      fc.property(programArbitrary, ({ roots, bindings }) => {
        const inputs = Object.entries(bindings).map(([name, { shape, dtype }]) => ({ name, shape, dtype }))
        const { planned, expected } = runsOf(withOutputs(roots, inputs), Object.values(bindings), 2)
        expect(planned).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  test('on programs as nets are, with a state that is carried and indices that may be out of range', () => {
    fc.assert(
      fc.property(lowerableArbitrary, ({ program, values }) => {
        const { planned, expected } = runsOf(program, values, 3)
        expect(planned).toEqual(expected)
      }),
      { numRuns: 700 },
    )
  })
})

test('a product is not written over what its epilogue reads for the last time', () => {
  const x = input('x', [3, 3], 'float64')
  const sum = add(matmul(x, x), matmul(x, transpose(x)))
  const value = tensor(
    [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 10],
    ],
    'float64',
  )
  const program = withOutputs([transpose(sum), sum], [{ name: 'x', shape: [3, 3], dtype: 'float64' }])
  const { planned, expected } = runsOf(program, [value], 1)
  expect(planned).toEqual(expected)
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
    const { planned, expected } = runsOf(
      program,
      [
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ],
      1,
    )
    expect(planned).toEqual(expected)
  })
})
