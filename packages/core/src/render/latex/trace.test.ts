import {
  abs,
  elementCount,
  evaluate,
  fromValues,
  input,
  isTensor,
  leaves,
  max,
  scalar,
  seed,
  sub,
  toNumber,
  type AnyTensor,
  type LayerInput,
  type Net,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { netArbitrary, objectiveArbitrary } from '../net.arbitrary.ts'
import { outline, parameterId } from '../outline.ts'
import { namesOf } from './names.ts'
import type { Line } from './shared.ts'
import { symbols } from './symbols.ts'
import { trace } from './trace.ts'

const N = 4

const classes = 3

const numbers = (shape: readonly number[], scale: number): AnyTensor =>
  fromValues(
    Array.from({ length: elementCount(shape) }, (_, position) => Math.sin(scale * (position + 1))),
    shape,
    'float64',
  )

/** The names and values of the equations, each computed from those before it. */
function solve(
  lines: readonly Line[],
  given: ReadonlyMap<string, AnyTensor>,
): ReadonlyMap<string, AnyTensor> {
  const known = new Map(given)
  for (const { name, value } of lines) {
    if (name.expression.op !== 'input') throw new Error('the left side of an equation is a name')
    expect(known.has(name.expression.name)).toBe(false)
    known.set(name.expression.name, evaluate(value, Object.fromEntries(known)))
  }
  return known
}

const difference = (a: AnyTensor, b: AnyTensor): number =>
  elementCount(a.shape) === 0 ? 0 : toNumber(max(abs(sub(a as Tensor, b as Tensor))))

/** The hyperparameters of the nets, which equations call by name. */
const hyperparameters = (lines: readonly Line[]): readonly (readonly [string, AnyTensor])[] =>
  lines
    .flatMap(({ value }) => inputsOf(value))
    .filter((name) => name.startsWith('$hyperparameter '))
    .map((name) => [name, scalar(Number(name.split(' ')[2]), 'float64')])

function inputsOf(tensor: AnyTensor): readonly string[] {
  const { expression } = tensor
  return expression.op === 'input' ? [expression.name] : expression.operands.flatMap(inputsOf)
}

it('gives the equations that the net computes: their solution is what forward and backward give', () => {
  fc.assert(
    fc.property(fc.oneof(netArbitrary, objectiveArbitrary), (net: Net) => {
      const unfolded = outline(net)
      const { forward, backward } = trace(unfolded, new Map([['N', N]]), namesOf(unfolded), symbols({}))
      const params = net.init(seed(1), { dtype: 'float64' })
      const X = numbers([N, 3], 1.7)
      const labels = evaluate(fromValues([0, 2, 1, 1], [N], 'int32'))
      const isObjective = unfolded.loss !== undefined
      const given: LayerInput = isObjective ? { input: X, labels } : X

      const { output, cache } = net.forward(params, given)
      const dOutput = isObjective ? scalar(1, 'float64') : numbers([N, classes], 0.9)
      const { dParams, dInput } = net.backward(params, cache, dOutput)

      const solution = solve(
        [...forward, ...backward],
        new Map<string, AnyTensor>([
          ['input', X],
          ['labels', labels],
          ...leaves(params).map(([path, tensor]) => [parameterId(path), tensor] as const),
          ...(isObjective ? [] : [[`$gradient ${unfolded.output}`, dOutput] as const]),
          ...hyperparameters([...forward, ...backward]),
        ]),
      )
      const found = (name: string): AnyTensor => solution.get(name) ?? input(name, [])
      const outcome = found(isObjective ? '$loss' : unfolded.output)
      expect(difference(evaluate(output), outcome)).toBeLessThan(1e-12)
      const gradients = [
        ...leaves(evaluate(dParams)).map(([path, gradient]) => [parameterId(path), gradient] as const),
        // The equations of an objective leave out the gradients by its inputs.
        ...(!isObjective && isTensor(dInput) ? [['input', evaluate<AnyTensor>(dInput)] as const] : []),
      ]
      for (const [of, gradient] of gradients)
        expect(difference(gradient, found(`$gradient ${of}`))).toBeLessThan(1e-12)
    }),
  )
})
