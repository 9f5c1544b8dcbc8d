import {
  add,
  dependencyOrder,
  differentiate,
  input,
  neg,
  seed,
  simplify,
  tensor,
  trace,
  zeros,
  type Tensor,
} from '@pullback/core'
import { expect, test } from 'vitest'
import { batchShapes, loss, sgdStep } from './twoLayerStep.fixture.ts'

const params = loss.init(seed(0))
const shapes = { params, batch: batchShapes }

test('a step becomes a program of named inputs and outputs that are carried', () => {
  const program = trace((given) => sgdStep(given.params, given.batch), {
    shapes,
    carried: { params: 'params' },
  })
  expect(program.inputs.map(({ name, shape, dtype }) => `${name} ${dtype} ${shape.join('x')}`)).toEqual([
    'params.fc1.W float32 4x10',
    'params.fc1.b float32 10',
    'params.fc2.W float32 10x3',
    'params.fc2.b float32 3',
    'batch.input float32 5x4',
    'batch.labels int32 5',
  ])
  expect(program.outputs.map(({ name }) => name)).toEqual([
    'params.fc1.W',
    'params.fc1.b',
    'params.fc2.W',
    'params.fc2.b',
    'loss',
  ])
  expect(program.carried).toEqual([0, 1, 2, 3].map((index) => ({ output: index, input: index })))
})

test('the gradient of an input that nobody asks for never appears', () => {
  // X^T dZ and P^T dZ are the gradients of the matrices, dZ W^T that of the hidden layer; dZ1 W1^T would be that of X.
  const products = (forWhat: 'params' | 'input') => {
    const program = trace(
      ({ params: p, batch }) => {
        const { cache } = loss.forward(p, batch)
        const { dParams, dInput } = loss.backward(p, cache, tensor(1))
        return forWhat === 'params' ? dParams : { dX: dInput.input }
      },
      { shapes },
    )
    const roots = simplify(program).outputs.map((one) => one.tensor)
    return dependencyOrder(roots).filter(({ expression }) => expression.op === 'matmul').length
  }
  expect(products('params')).toBe(2 + 3)
  expect(products('input')).toBe(2 + 2)
})

test('simplifying makes the step smaller', () => {
  const size = (program: ReturnType<typeof trace>) =>
    dependencyOrder(program.outputs.map((one) => one.tensor)).filter(
      ({ expression }) => !['constant', 'input', 'broadcast'].includes(expression.op),
    ).length
  const program = trace((given) => sgdStep(given.params, given.batch), { shapes })
  expect([size(program), size(simplify(program))]).toEqual([53, 50])
})

test('a result may be typed by an interface', () => {
  const program = trace((given) => differentiate(loss)(given.params, given.batch), { shapes })
  expect(program.outputs.map(({ name }) => name)).toContain('gradients.fc2.b')
})

test.each<[string, () => unknown]>([
  [
    "trace: the function gives a number at 'loss.value', where a tensor or a record of tensors is expected; numbers become tensors by scalar",
    () => trace(() => ({ loss: { value: 3 } }) as never, { shapes: {} }),
  ],
  [
    'trace: the function gives undefined, where a tensor or a record of tensors is expected; numbers become tensors by scalar',
    () => trace(() => undefined as never, { shapes: {} }),
  ],
  [
    'trace: the function gives a promise; what is traced is called once and waits for nothing',
    () => trace(async (x: Tensor) => x, { shapes: [2] }),
  ],
  [
    "trace: the function gives an array of 2 at 'both', where a tensor or a record of tensors is expected; numbers become tensors by scalar",
    () => trace((x) => ({ both: [x, x] }) as never, { shapes: [2] }),
  ],
  [
    "trace: the function uses an input 'y', float32 [2], which is none of its own; hand it in with the others",
    () => trace((x) => add(x, input('y', [2])), { shapes: [2] }),
  ],
  [
    "trace: two inputs are at 'a.b'; rename one of them, without a dot",
    () => trace((x) => x, { shapes: { a: { b: [1] }, 'a.b': [1] } }),
  ],
  [
    "trace: the shape of 'x' is a number; a shape is [5, 4], { shape: [5], dtype: 'int32' } or a tensor",
    () => trace((x) => x, { shapes: { x: 3 } as never }),
  ],
  [
    "trace: 'x' is float32 [2] but float32 [3] after a step; what is carried keeps its shape and dtype",
    () => trace(() => ({ x: zeros([3]) }), { shapes: { x: [2] }, carried: { x: 'x' } }),
  ],
  [
    "trace: the function gives no 'p.b', which the next step takes as 'p.b'; give back all that is carried",
    () => trace(({ p }) => ({ p: { a: p.a } }), { shapes: { p: { a: [1], b: [1] } }, carried: { p: 'p' } }),
  ],
  [
    "trace: the function gives 'p.b' to be carried, but takes no 'p.b'",
    () =>
      trace(({ p }) => ({ p: { a: p.a, b: neg(p.a) } }), { shapes: { p: { a: [1] } }, carried: { p: 'p' } }),
  ],
])('%s', (sentence, run) => {
  expect(run).toThrow(expect.objectContaining({ name: 'TypeError', message: sentence }))
})
