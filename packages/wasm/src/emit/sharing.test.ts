import {
  affine,
  evaluate,
  greater,
  leaves,
  matmul,
  mul,
  objectiveFrom,
  randomNormal,
  relu,
  seed,
  sequentialFrom,
  softmaxCrossEntropy,
  tensor,
  toArray,
  toNumber,
  trace,
  valueAndGradient,
  where,
  type SequentialEntry,
  type Tensor,
} from '@pullback/core'
import { afterAll, expect, it } from 'vitest'
import { machineOf, stopMachines } from '../machine.fixture.ts'
import { prepare } from '../prepare.ts'
import { wasm } from '../wasm.ts'

afterAll(stopMachines)

const right = <T>(
  either: { readonly _tag: 'Left'; readonly left: string } | { readonly _tag: 'Right'; readonly right: T },
): T => {
  if (either._tag === 'Left') throw new Error(either.left)
  return either.right
}

it.each([1, 3])('kernels that differ in a constant alone share none, with %i threads', async (threads) => {
  const { machine } = machineOf({ threads })
  const constants = [Infinity, -Infinity, NaN, 0, -0, 5]
  const outputs = Array.from({ length: 72 }, (_, index) => constants[index % constants.length] ?? 1)
  const rows = 60
  const program = trace(
    ({ x, W }: { x: Tensor; W: Tensor }) => {
      const gated = outputs.map((constant, index) => {
        const y = matmul(mul(x, index + 1), W)
        return [`y${index}`, where(greater(y, 1e9), y, constant)]
      })
      return Object.fromEntries(gated) as Readonly<Record<string, Tensor>>
    },
    { shapes: { x: [rows, 60], W: [60, 60] } },
  )
  const executable = prepare(machine, program)
  for (const [index, input] of executable.inputs.entries())
    input.write(toArray(randomNormal(seed(index), [input.length])))
  await machine.pool.settled()
  executable.run()
  for (const [index, output] of executable.outputs.entries())
    expect(output.read().every((value) => Object.is(value, outputs[index]))).toBe(true)
})

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
