import {
  addition,
  affine,
  concat,
  graphFrom,
  identity,
  initialConstant,
  initialZeros,
  l2,
  relu,
  residual,
  softmaxCrossEntropy,
  weightScale,
  xavierUniform,
  type Net,
} from '@pullback/core'
import * as fc from 'fast-check'

/** Sizes from 1 on. */
const size = fc.integer({ min: 1, max: 5 })

/** Two sizes, equal ones among them. */
const pair = fc
  .tuple(size, size, fc.integer({ min: 0, max: 3 }))
  .map(([a, b, choice]): readonly [number, number] => (choice === 3 ? [a, a] : [a, b]))

const initializer = fc.constantFrom(
  undefined,
  initialZeros(),
  initialConstant(-0.5),
  weightScale(2),
  xavierUniform(),
)

const affineArbitrary: fc.Arbitrary<Net> = fc
  .tuple(pair, initializer, initializer)
  .map(([[inputs, outputs], W, b]) => affine(inputs, outputs, { ...(W && { W }), ...(b && { b }) }))

/** Two affine branches side by side, as `parallel` joins them, of sizes known at run time only. */
const branches = (D: number, left: number, right: number): Net => {
  const built = graphFrom(
    ['N', D],
    [
      ['left', affine(D, left), 'input'],
      ['right', affine(D, right), 'input'],
      ['concat', concat(['left', left], ['right', right]), { left: 'left', right: 'right' }],
    ],
  )
  if (built._tag === 'Left') throw new TypeError(built.left)
  return built.right
}

const names = ['a', 'b', 'c', 'd'] as const

/**
 * The configurations of every layer that core ships, by kind: sizes with 1 and equal ones among them, numbers of inputs,
 * strengths, initializers. Each is an arbitrary for `layerLaws`.
 *
 * @example
 * import * as fc from 'fast-check'
 * const [layer] = fc.sample(configurations.l2, { seed: 1, numRuns: 1 })
 * layer?.kind // => 'l2'
 */
export const configurations = {
  affine: affineArbitrary,
  relu: fc.constant<Net>(relu()),
  identity: fc.constant<Net>(identity()),
  softmaxCrossEntropy: size.map((classes): Net => softmaxCrossEntropy(classes)),
  l2: fc.constantFrom(1, 0, 0.5, 1e-3, 7).map((reg): Net => l2(reg)),
  addition: fc
    .integer({ min: 2, max: 4 })
    .map((count): Net => addition(...(names.slice(0, count) as unknown as readonly ['a', 'b']))),
  concat: fc
    .array(size, { minLength: 2, maxLength: 4 })
    .map((sizes): Net => concat(...sizes.map((last, index) => [names[index] ?? 'a', last] as const))),
  residual: fc.oneof(
    fc.constant<Net>(residual(relu())),
    size.map((D): Net => residual(affine(D, D)) as Net),
  ),
  parallel: fc.tuple(size, size, size).map(([D, left, right]): Net => branches(D, left, right)),
} satisfies Readonly<Record<string, fc.Arbitrary<Net>>>
