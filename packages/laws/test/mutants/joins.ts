import { addition, concat, identity, mul, slice, type Net, type Tensor } from '@pullback/core'
import * as fc from 'fast-check'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'

type DInputs = Readonly<Record<string, Tensor>>

/** A layer of core without parameters, with other gradients by its inputs. */
const withInputs = (right: Net, dInput: (d: Tensor, right: DInputs) => DInputs): Net => ({
  ...right,
  backward(params, cache, dOutput) {
    const { dParams, dInput: given } = right.backward(params, cache, dOutput)
    return { dParams, dInput: dInput(dOutput as Tensor, given as DInputs) }
  },
})

const wrong = (
  name: string,
  layer: Mutant['layer'],
  expected: Expected = { laws: ['gradient'] },
): Mutant => ({ name, layer, rows: 'rowwise', expected })

/** The columns from `from` on, `size` of them, whatever the rank. */
const columns = (d: Tensor, from: number, size: number): Tensor =>
  slice(d, ...d.shape.slice(0, -1).map((length) => [0, length] as const), [from, from + size])

export const joinMutants: readonly Mutant[] = [
  wrong(
    'addition: each input has its share',
    withInputs(addition('a', 'b'), (d) => ({ a: mul(d, 0.5), b: mul(d, 0.5) })),
  ),
  wrong(
    'addition: the second input forgotten',
    withInputs(addition('a', 'b'), (d) => ({ a: d, b: mul(d, 0) })),
    wrongGradient('input.b'),
  ),
  wrong(
    'addition: subtracted in backward',
    withInputs(addition('a', 'b'), (d) => ({ a: d, b: mul(d, -1) })),
    wrongGradient('input.b', /sign|-1/),
  ),
  wrong(
    'concat: the pieces exchanged where they are of one size',
    fc
      .constantFrom([1, 1], [2, 2], [2, 1])
      .map(([a = 1, b = 1]) =>
        withInputs(concat(['a', a], ['b', b]) as unknown as Net, (_, { a: dA, b: dB }) =>
          a === b && dA && dB ? { a: dB, b: dA } : { ...(dA && { a: dA }), ...(dB && { b: dB }) },
        ),
      ),
  ),
  wrong(
    'concat: the second piece one column early',
    fc.constantFrom([1, 1], [2, 2], [2, 1]).map(([a = 1, b = 1]) =>
      withInputs(concat(['a', a], ['b', b]) as unknown as Net, (d) => ({
        a: columns(d, 0, a),
        b: columns(d, a - 1, b),
      })),
    ),
    wrongGradient('input.b'),
  ),
  wrong(
    'identity: the gradient scaled by 1 + 1e-7',
    {
      ...identity(),
      backward: (_params, _cache, dOutput) => ({ dParams: {}, dInput: mul(dOutput, 1 + 1e-7) }),
    },
    wrongGradient('input'),
  ),
]
