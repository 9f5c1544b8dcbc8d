import {
  affine,
  elementCount,
  fromValues,
  objective,
  seed,
  sequential,
  softmaxCrossEntropy,
  type Backend,
} from '@pullback/core'
import { expect, it } from 'vitest'
import { fit, sgd } from '../../index.ts'
import { collect, plain } from '../run.arbitrary.ts'
import { mirror } from './backends.fixture.ts'

/** A backend whose memory has room for the first program that it is asked for, and for hardly more. */
function narrow() {
  const sizes: number[] = []
  let room: number | undefined
  const backend: Backend = {
    ...mirror,
    prepare(program) {
      const size = [...program.inputs, ...program.outputs.map(({ tensor }) => tensor)].reduce(
        (total, { shape }) => total + elementCount(shape),
        0,
      )
      room ??= size + 10
      if (size > room) throw new RangeError(`there is no room for ${size} elements`)
      room -= size
      sizes.push(size)
      return {
        ...mirror.prepare(program),
        release() {
          room = (room ?? 0) + size
        },
      }
    },
  }
  return { backend, sizes }
}

it('hands batches to a backend whose memory holds all examples, but not with a second program', async () => {
  const count = 101
  const net = sequential(['N', 2], ['fc', affine(2, 2)])
  const loss = objective(net, softmaxCrossEntropy(2))
  const values = Float64Array.from({ length: 2 * count }, (_, index) => Math.sin(index))
  const options = {
    data: {
      input: fromValues(values, [count, 2], 'float64'),
      labels: fromValues(
        Int32Array.from({ length: count }, (_, index) => index % 2),
        [count],
        'int32',
      ),
    },
    params: net.init(seed(0), { dtype: 'float64' }),
    optimizer: sgd(0.1),
    epochs: 2,
    batch: 4,
    every: 1,
  }
  const { backend, sizes } = narrow()
  const found = await collect(fit(loss, { ...options, backend }))
  const wanted = await collect(fit(loss, { ...options, backend: mirror }))
  expect(found.map(plain)).toStrictEqual(wanted.map(plain))
  // All examples, then a last batch and whole ones.
  expect(sizes.map((size) => size > count)).toEqual([true, false, false])
})
