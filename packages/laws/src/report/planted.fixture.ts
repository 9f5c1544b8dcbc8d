import {
  add,
  affine,
  fromValues,
  layer,
  matmul,
  mapTree,
  parameter,
  initialZeros,
  seed,
  signature,
  type LayerInput,
  type Net,
  type Tensor,
} from '@pullback/core'
import type { Law } from '../law/law.ts'
import { placeOf } from '../law/place.ts'
import type { Sample } from '../sample/sample.ts'
import { randomFrom } from '../sample/random.ts'
import { gradientsAt } from './gradientsAt.ts'

/** A law for tests of the report: backward against forward mode, entry by entry, the first wrong one reported. */
export const exactLaw: Law = {
  name: 'gradient',
  check(sample) {
    for (const { tensor, shape, analytic, expected } of gradientsAt(sample)) {
      const scale = Math.max(1e-300, ...expected.map(Math.abs), ...analytic.map(Math.abs))
      const position = expected.findIndex(
        (value, entry) => !(Math.abs(value - (analytic[entry] ?? 0)) <= 1e-9 * scale),
      )
      if (position === -1) continue
      const place = placeOf(tensor, '', shape, position)
      const violation = {
        law: 'gradient' as const,
        sentence: 'backward does not give the derivative of forward',
        place,
        analytic: analytic[position] ?? Number.NaN,
        expected: expected[position] ?? Number.NaN,
        bound: 1e-15 * scale,
        sample,
      }
      return { verdict: 'violated', violation }
    }
    return { verdict: 'holds' }
  },
}

const normals = (name: string, shape: readonly number[]): Tensor => {
  const { normal } = randomFrom(5, name)
  const count = shape.reduce((product, size) => product * size, 1)
  return fromValues(Float64Array.from({ length: count }, normal), [...shape], 'float64')
}

/** A layer at standard normal parameters, cotangent and, unless given, input. */
export function sampleOf(layer: Net, input: LayerInput | readonly number[]): Sample {
  const given: LayerInput = Array.isArray(input) ? normals('input', input as number[]) : (input as LayerInput)
  const params = mapTree(layer.init(seed(1), { dtype: 'float64' }), (leaf, path) => normals(path, leaf.shape))
  const { output } = layer.forward(params, given)
  return { layer, params, input: given, dOutput: normals('dOutput', output.shape), context: {}, seed: 3 }
}

/** The violation of a layer at a sample that must have one. */
export function violationOf(sample: Sample) {
  const outcome = exactLaw.check(sample)
  if (outcome.verdict !== 'violated') throw new Error('nothing is violated')
  return outcome.violation
}

type Gradients = { readonly W?: Tensor; readonly b?: Tensor; readonly dInput?: Tensor }

/** `affine(inputs, outputs)` with some of its gradients replaced. */
export function wrongAffine(
  inputs: number,
  outputs: number,
  wrong: (of: {
    W: Tensor
    X: Tensor
    dZ: Tensor
    right: { W: Tensor; b: Tensor; dInput: Tensor }
  }) => Gradients,
): Net {
  const right = affine(inputs, outputs)
  return layer({
    kind: 'wrongAffine',
    hyperparameters: { inputs, outputs },
    shape: signature(`wrongAffine(${inputs}, ${outputs})`, ['N', inputs], ['N', outputs]),
    params: { W: parameter([inputs, outputs], initialZeros()), b: parameter([outputs], initialZeros()) },
    forward: (params, X) => ({
      output: add(matmul(X, params.W), params.b),
      cache: { X },
    }),
    backward: (params, cache, dZ) => {
      const { dParams, dInput } = (right as Net).backward(params, cache, dZ)
      const given = { W: dParams['W'] as Tensor, b: dParams['b'] as Tensor, dInput: dInput as Tensor }
      const {
        W = given.W,
        b = given.b,
        dInput: dX = given.dInput,
      } = wrong({
        W: params.W,
        X: cache.X,
        dZ,
        right: given,
      })
      return { dParams: { W, b }, dInput: dX }
    },
  })
}

/** A layer without parameters, of the shape of its input, from its two functions. */
export const elementwise = (
  forward: (x: Tensor) => Tensor,
  backward: (x: Tensor, dOutput: Tensor) => Tensor,
): Net =>
  layer({
    kind: 'elementwise',
    shape: signature('elementwise', ['N', 'D'], ['N', 'D']),
    params: {},
    forward: (_, x) => ({ output: forward(x), cache: { x } }),
    backward: (_, { x }, dOutput) => ({ dParams: {}, dInput: backward(x, dOutput) }),
  })
