import * as fc from 'fast-check'
import { isLeft, type Either } from '#fp/Either'
import { graphFrom } from '../graph/graph.ts'
import type { Entry } from '../graph/nodeTypes.ts'
import { parallelFrom } from '../graph/parallel.ts'
import { residualFrom } from '../graph/residual.ts'
import { sequentialFrom } from '../graph/sequential.ts'
import { shared } from '../graph/shared.ts'
import type { Initializer } from '../layer/initializer.ts'
import type { Net } from '../layer/layer.ts'
import { declaredParameters } from '../layer/parameter.ts'
import { addition } from '../layers/addition.ts'
import { affine } from '../layers/affine.ts'
import { concat } from '../layers/concat.ts'
import { identity } from '../layers/identity.ts'
import { l2 } from '../layers/l2.ts'
import { relu } from '../layers/relu.ts'
import { softmaxCrossEntropy } from '../layers/softmaxCrossEntropy.ts'
import { objectiveFrom } from '../objective/objective.ts'

const succeeded = <A>(result: Either<string, A>): A => {
  if (isLeft(result)) throw new Error(result.left)
  return result.right
}

export const initializerArbitrary: fc.Arbitrary<Initializer> = fc.oneof(
  fc.constantFrom<Initializer>(
    { kind: 'heNormal' },
    { kind: 'heUniform' },
    { kind: 'xavierNormal' },
    { kind: 'xavierUniform' },
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => ({ kind: 'constant', value }) as const),
  fc.integer({ min: 0, max: 64 }).map((n) => ({ kind: 'weightScale', deviation: n / 64 }) as const),
)

/** A layer from `[N, inputs]` to `[N, outputs]`. */
export interface Sized {
  readonly layer: Net
  readonly outputs: number
}

const size = fc.integer({ min: 1, max: 4 })

const affineArbitrary = (inputs: number): fc.Arbitrary<Sized> =>
  fc.tuple(size, initializerArbitrary, initializerArbitrary, fc.boolean()).map(([outputs, W, b, plain]) => ({
    layer: plain ? affine(inputs, outputs) : affine(inputs, outputs, { W, b }),
    outputs,
  }))

const leafArbitrary = (inputs: number): fc.Arbitrary<Sized> =>
  fc.oneof(
    fc.constantFrom(relu, identity).map((make) => ({ layer: make(), outputs: inputs })),
    affineArbitrary(inputs),
  )

// Names that are fields of every object are names like any other.
const prefixes = ['fc', 'constructor', 'prototype', 'toString', 'shape', 'dtype', 'layer-', '_']
const namesArbitrary = fc.shuffledSubarray(prefixes, { minLength: 4, maxLength: 4 })

/** One layer after the other, the last maybe an earlier one again. */
const rowArbitrary = (inputs: number, depth: number): fc.Arbitrary<Sized> =>
  fc.tuple(namesArbitrary, layerArbitrary(inputs, depth - 1), fc.boolean()).chain(([names, first, again]) =>
    layerArbitrary(first.outputs, depth - 1).map((second) => {
      const [a = 'a', b = 'b', c = 'c'] = names
      const owner = second.outputs === inputs ? a : undefined
      const entries = [[a, first.layer] as const, [b, second.layer] as const]
      const more = again && owner !== undefined ? [[c, shared(owner)] as const] : []
      return {
        layer: succeeded(sequentialFrom(['N', inputs], [...entries, ...more])),
        outputs: more.length > 0 ? first.outputs : second.outputs,
      }
    }),
  )

/** A net of two branches that meet, added or joined, the second branch maybe the first again. */
const meetingArbitrary = (inputs: number, depth: number): fc.Arbitrary<Sized> =>
  fc
    .tuple(layerArbitrary(inputs, depth - 1), layerArbitrary(inputs, depth - 1), namesArbitrary, fc.boolean())
    .map(([one, other, [a = 'a', b = 'b', c = 'c'], again]) => {
      const second = again ? one : other
      const branches: readonly Entry[] = [
        [a, one.layer, 'input'],
        [b, again ? shared(a) : other.layer, 'input'],
      ]
      const add = one.outputs === second.outputs
      const meeting = add ? addition('x', 'y') : concat(['x', one.outputs], ['y', second.outputs])
      const layer = succeeded(graphFrom(['N', inputs], [...branches, [c, meeting, { x: a, y: b }]]))
      return { layer, outputs: add ? one.outputs : one.outputs + second.outputs }
    })

const residualArbitrary = (inputs: number, depth: number): fc.Arbitrary<Sized> =>
  layerArbitrary(inputs, depth - 1).map(({ layer, outputs }) => {
    const body = succeeded(
      sequentialFrom(
        ['N', inputs],
        [
          ['a', layer],
          ['b', affine(outputs, inputs)],
        ],
      ),
    )
    return { layer: succeeded(residualFrom(body)), outputs: inputs }
  })

const parallelArbitrary = (inputs: number, depth: number): fc.Arbitrary<Sized> =>
  fc
    .tuple(layerArbitrary(inputs, depth - 1), layerArbitrary(inputs, depth - 1), namesArbitrary)
    .map(([one, other, [a = 'a', b = 'b']]) => ({
      layer: succeeded(
        parallelFrom(
          ['N', inputs],
          [
            [a, one.layer],
            [b, other.layer],
          ],
        ),
      ),
      outputs: one.outputs + other.outputs,
    }))

/** Well-shaped layers and nets of every form, nested up to `depth` deep. */
export const layerArbitrary = (inputs: number, depth: number): fc.Arbitrary<Sized> =>
  depth === 0
    ? leafArbitrary(inputs)
    : fc.oneof(
        leafArbitrary(inputs),
        rowArbitrary(inputs, depth),
        meetingArbitrary(inputs, depth),
        residualArbitrary(inputs, depth),
        parallelArbitrary(inputs, depth),
      )

/** Well-shaped nets whose one input is `[N, 3]`. */
export const netArbitrary: fc.Arbitrary<Sized> = layerArbitrary(3, 2)

/** Objectives on well-shaped nets, some of their parameters penalised. */
export const objectiveArbitrary: fc.Arbitrary<Net> = rowArbitrary(3, 2).chain(({ layer, outputs }) => {
  const paths = declaredParameters(layer.parameters).map(([path]) => path)
  return fc
    .tuple(fc.shuffledSubarray(paths), fc.integer({ min: 0, max: 8 }))
    .map(([penalised, n]) =>
      succeeded(
        objectiveFrom(
          layer,
          softmaxCrossEntropy(outputs),
          Object.fromEntries(penalised.map((path) => [path, l2(n / 8)])),
        ),
      ),
    )
})
