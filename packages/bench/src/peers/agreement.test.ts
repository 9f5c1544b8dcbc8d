import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { generate } from '../problem/generate.ts'
import { inFloat64 } from '../problem/problem.ts'
import { anySize } from '../problem/size.arbitrary.ts'
import type { Size } from '../problem/sizes.ts'
import { deviationOf, referenceLosses } from '../run/verify.ts'
import { convnet } from './convnet.ts'
import { jax } from './jax.ts'
import { loops } from './kernels/loops.ts'
import { mlMatrix } from './mlMatrix.ts'
import type { Prepared } from './peer.ts'
import { plainLoops } from './plainLoops.ts'
import { pullback } from './pullback/contender.ts'
import { tensorflow } from './tensorflow.ts'

const toy: Size = { name: 'toy', N: 5, D: 4, H: 10, C: 3 }

async function lossesOf({ step, loss }: Pick<Prepared, 'step' | 'loss'>): Promise<readonly number[]> {
  const losses: number[] = []
  for (let i = 0; i < 3; i++) {
    await step(1)
    losses.push(await loss())
  }
  return losses
}

/** The losses of three steps, and all parameters after them in a row. */
async function trained(prepared: Pick<Prepared, 'step' | 'loss' | 'parameters'>) {
  const losses = await lossesOf(prepared)
  const after = prepared.parameters?.()
  const parameters = after ? [after.W1, after.b1, after.W2, after.b2].flatMap((array) => [...array]) : []
  return { losses, parameters }
}

type Trained = Awaited<ReturnType<typeof trained>>

/** The greatest difference between any loss or parameter of two trainings. */
function difference(a: Trained, b: Trained): number {
  const [left, right] = [a, b].map(({ losses, parameters }) => [...losses, ...parameters])
  expect(left).toHaveLength(right?.length ?? -1)
  return Math.max(...(left ?? []).map((x, i) => Math.abs(x - (right?.[i] ?? Number.NaN))))
}

it.each([
  ['plain loops', plainLoops],
  ['ml-matrix', mlMatrix],
])('%s give the losses and parameters of the reference', async (_, contender) => {
  await fc.assert(
    fc.asyncProperty(anySize, fc.nat(), async (size, seed) => {
      const problem = generate(size, seed)
      const own = await trained(await contender.prepare(problem))
      const reference = await trained(await pullback('reference', 1).prepare(problem))
      expect(difference(own, reference)).toBeLessThan(1e-5)
    }),
    { numRuns: 50 },
  )
})

it('loops in float64 are ml-matrix, up to rounding', async () => {
  await fc.assert(
    fc.asyncProperty(anySize, fc.nat(), async (size, seed) => {
      const problem = generate(size, seed)
      const exact = await trained(loops(inFloat64(problem)))
      const other = await trained(await mlMatrix.prepare(problem))
      expect(difference(exact, other)).toBeLessThan(1e-12)
    }),
    { numRuns: 50 },
  )
})

it.each([
  ['convnetjs', convnet, 1e-12],
  ['jax-js', jax(1), 1e-5],
  ['TensorFlow.js', tensorflow('cpu'), 1e-5],
])('%s gives the losses of the reference', async (_, contender, bound) => {
  const problem = generate(toy, 1)
  const losses = await lossesOf(await contender.prepare(problem))
  expect(deviationOf(losses, referenceLosses(problem, 3))).toBeLessThan(bound)
})

it('tells who is wrong, and who gives no number', () => {
  expect(deviationOf([1, 2.2], [1, 2])).toBeCloseTo(0.1)
  expect(deviationOf([1, null], [1, 2])).toBe(Infinity)
  expect(deviationOf([1], [1, 2])).toBe(Infinity)
})
