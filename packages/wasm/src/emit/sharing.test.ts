import {
  affine,
  evaluate,
  leaves,
  objectiveFrom,
  randomNormal,
  relu,
  seed,
  sequentialFrom,
  softmaxCrossEntropy,
  tensor,
  toArray,
  toNumber,
  valueAndGradient,
  type SequentialEntry,
} from '@pullback/core'
import { expect, it } from 'vitest'
import { wasm } from '../wasm.ts'

const right = <T>(
  either: { readonly _tag: 'Left'; readonly left: string } | { readonly _tag: 'Right'; readonly right: T },
): T => {
  if (either._tag === 'Left') throw new Error(either.left)
  return either.right
}

it('kernels that are alike share a function, and a deep net comes to what the reference says', () => {
  const hidden = Array.from({ length: 40 }, (_, layer): readonly SequentialEntry[] => [
    [`fc${layer}`, affine(6, 6)],
    [`relu${layer}`, relu()],
  ]).flat()
  const net = right(sequentialFrom(['N', 6], hidden))
  const loss = right(objectiveFrom(net, softmaxCrossEntropy(6)))
  const params = net.init(seed(1), { dtype: 'float64' })
  const input = evaluate(randomNormal(seed(2), [5, 6], 'float64'))
  const inputs = { input, labels: tensor([0, 1, 2, 3, 4], 'int32') }
  const [found, wanted] = [wasm({ threads: 1 }), 'reference' as const].map((backend) =>
    valueAndGradient(loss, { backend })(params, inputs as never),
  )
  if (found === undefined || wanted === undefined) throw new Error('a backend is missing')
  expect(toNumber(found.value)).toBeCloseTo(toNumber(wanted.value), 12)
  const gradients = new Map(leaves(found.gradients))
  for (const [path, gradient] of leaves(wanted.gradients)) {
    const other = toArray(gradients.get(path) ?? gradient)
    for (const [position, value] of toArray(gradient).entries())
      expect(Math.abs((other[position] ?? Number.NaN) - value)).toBeLessThanOrEqual(1e-12)
  }
})
