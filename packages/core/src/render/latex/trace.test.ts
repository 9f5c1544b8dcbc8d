import {
  abs,
  affine,
  coreKinds,
  elementCount,
  evaluate,
  fromValues,
  input,
  isTensor,
  l2,
  leaves,
  max,
  objective,
  registry,
  scalar,
  seed,
  softmaxCrossEntropy,
  sub,
  toNumber,
  type AnyTensor,
  type LayerInput,
  type Net,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { netArbitrary, objectiveArbitrary, softplusKind } from '../net.arbitrary.ts'
import { outline, parameterId } from '../outline.ts'
import { namesOf } from './names.ts'
import type { Line } from './shared.ts'
import { symbols } from './symbols.ts'
import { trace } from './trace.ts'

const N = 4

const classes = 3

const kinds = registry(...coreKinds, softplusKind)

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

/** The names by which equations call the hyperparameters of the nets. */
const hyperparameters = (lines: readonly Line[]): readonly string[] =>
  lines.flatMap(({ value }) => inputsOf(value)).filter((name) => name.startsWith('$hyperparameter '))

function inputsOf(tensor: AnyTensor): readonly string[] {
  const { expression } = tensor
  return expression.op === 'input' ? [expression.name] : expression.operands.flatMap(inputsOf)
}

it('gives the equations that the net computes: their solution is what forward and backward give', () => {
  fc.assert(
    fc.property(fc.oneof(netArbitrary, objectiveArbitrary), (net: Net) => {
      const unfolded = outline(net)
      const { forward, backward } = trace(
        unfolded,
        new Map([['N', N]]),
        namesOf(unfolded),
        symbols({}),
        kinds,
      )
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
          ...hyperparameters([...forward, ...backward]).map(
            (name) => [name, scalar(Number(name.split(' ')[2]), 'float64')] as const,
          ),
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

const penalised = (reg: number): Net =>
  objective(affine(3, classes), softmaxCrossEntropy(classes), { W: l2(reg) })

it('calls by the name of a hyperparameter what changes with it and nothing else', () => {
  const common = fc.constantFrom(1 / 2, 1 / 3, 2 / 3, 1 / 4, 3 / 2, 0.1, 1e-3)
  fc.assert(
    fc.property(
      fc.oneof(common, fc.double({ min: 1e-6, max: 3, noNaN: true })).filter((reg) => !Number.isInteger(reg)),
      fc.double({ min: 0, max: 3, noNaN: true }),
      (reg, other) => {
        const unfolded = outline(penalised(reg))
        const { forward, backward } = trace(
          unfolded,
          new Map([['N', N]]),
          namesOf(unfolded),
          symbols({}),
          kinds,
        )
        const lines = [...forward, ...backward]
        const names = new Set(hyperparameters(lines))
        expect([...names]).toEqual([`$hyperparameter reg ${reg}`])

        const changed = penalised(other)
        const X = numbers([N, 3], 1.7)
        const labels = evaluate(fromValues([0, 2, 1, 1], [N], 'int32'))
        const params = changed.init(seed(1), { dtype: 'float64' })
        const { output, cache } = changed.forward(params, { input: X, labels })
        const { dParams } = changed.backward(params, cache, scalar(1, 'float64'))
        const solution = solve(
          lines,
          new Map<string, AnyTensor>([
            ['input', X],
            ['labels', labels],
            ...leaves(params).map(([path, tensor]) => [parameterId(path), tensor] as const),
            ...[...names].map((name) => [name, scalar(other, 'float64')] as const),
          ]),
        )
        const found = (name: string): AnyTensor => solution.get(name) ?? input(name, [])
        expect(difference(evaluate(output), found('$loss'))).toBeLessThan(1e-12)
        for (const [path, gradient] of leaves(evaluate(dParams)))
          expect(difference(gradient, found(`$gradient ${parameterId(path)}`))).toBeLessThan(1e-12)
      },
    ),
  )
})
