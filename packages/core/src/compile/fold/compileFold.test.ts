import {
  add,
  backendOf,
  compileFold,
  elementCount,
  evaluate,
  fold as foldKey,
  fromValues,
  leaves,
  mul,
  randomNormal,
  scalar,
  seed,
  sum,
  tensor,
  toNested,
  toNumber,
  zeros,
  type Backend,
  type Executable,
  type Key,
  type Shape,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { GCProfiler } from 'node:v8'
import { describe, expect, test } from 'vitest'
import { bitsOf } from '../../testing/bits.ts'
import { loss } from '../twoLayerStep.fixture.ts'
import { batches, count, examples, start, step, training } from './training.fixture.ts'

test.each([1, 2, 8])(
  'a fold of batches of changing sizes, %d programs kept, is the fold of its step',
  (programs) => {
    fc.assert(
      fc.property(batches, (orders) => {
        const compiled = training(programs)
        let params = start
        for (const order of orders) {
          const positions = Int32Array.from(order)
          compiled.step({ positions })
          const given = fromValues(positions, [order.length], 'int32')
          const wanted = evaluate(step({ params }, { positions: given }, examples))
          params = wanted.carried.params
          expect(bitsOf(compiled.snapshot())).toEqual(bitsOf({ params }))
          expect(compiled.result('loss')).toBe(toNumber(wanted.results.loss))
          expect(compiled.result('sizes.count')).toBe(order.length)
          expect(bitsOf(compiled.results())).toEqual(bitsOf(wanted.results))
        }
      }),
      { numRuns: 30 },
    )
  },
)

test('a snapshot never changes, and what is loaded is copied', () => {
  const compiled = training()
  const snapshots = [compiled.snapshot()]
  const texts = [bitsOf({ params: start })]
  for (let at = 0; at < 4; at++) {
    compiled.step({ positions: Int32Array.of(at, at + 1) })
    const snapshot = compiled.snapshot()
    snapshots.push(snapshot)
    texts.push(bitsOf(snapshot))
  }
  expect(snapshots.map((one) => bitsOf(one))).toEqual(texts)
  expect(new Set(texts.map((one) => one.join())).size).toBe(5)
  const [, first] = snapshots
  if (first === undefined) throw new Error('there is no snapshot')
  compiled.load(first)
  compiled.step({ positions: Int32Array.of(1, 2) })
  expect(bitsOf(compiled.snapshot())).toEqual(texts[2])
  expect(bitsOf(first)).toEqual(texts[1])
})

test('what is loaded before the first step is where it begins', () => {
  const other = loss.init(seed(5))
  const [late, early] = [training(), compileFold(step, { carried: { params: other }, constants: examples })]
  late.load({ params: other })
  expect(bitsOf(late.snapshot())).toEqual(bitsOf({ params: other }))
  for (const one of [late, early]) one.step({ positions: tensor([1], 'int32') })
  expect(bitsOf(late.snapshot())).toEqual(bitsOf(early.snapshot()))
})

test('randomness is a function of a key and a step that is carried', () => {
  const walk = (
    { at, step: now }: { at: Tensor; step: Tensor<Shape, 'int32'> },
    _: {},
    { key }: { key: Key },
  ) => ({
    carried: { at: add(at, randomNormal(foldKey(key, now), [2])), step: add(now, 1) },
    results: {},
  })
  const carried = { at: zeros([2]), step: scalar(0, 'int32') }
  const compiled = compileFold(walk, { carried, constants: { key: seed(3) } })
  for (let now = 0; now < 3; now++) compiled.step({})
  const draws = [0, 1, 2].map((now) => randomNormal(foldKey(seed(3), now), [2]))
  const wanted = draws.reduce<Tensor>((total, draw) => add(total, draw), zeros([2]))
  expect(toNested(compiled.snapshot().at)).toEqual(toNested(wanted))
})

describe('what is given', () => {
  const total = () =>
    compileFold(
      ({ sum: before }: { sum: Tensor }, { x, by }: { x: Tensor; by: Tensor }) => ({
        carried: { sum: add(before, sum(mul(x, by))) },
        results: {},
      }),
      { carried: { sum: scalar(0) } },
    )

  test('may be tensors, lists, and arrays with a shape', () => {
    const [x, by] = [Float32Array.of(1, 2, 3, 4), Float32Array.of(10, 100)]
    const given = [
      {
        x: tensor([
          [1, 2],
          [3, 4],
        ]),
        by: tensor([10, 100]),
      },
      { x: { values: x, shape: [2, 2] }, by },
      { x, by: { values: Float32Array.of(10), shape: [] } },
    ]
    const compiled = total()
    const sums = given.map((one) => {
      compiled.step(one)
      return toNumber(compiled.snapshot().sum)
    })
    expect(sums).toEqual([640, 1280, 1380])
  })

  test('may be called values', () => {
    const compiled = compileFold(
      ({ a }: { a: Tensor }, { values }: { values: Tensor }) => ({
        carried: { a: add(a, sum(values)) },
        results: {},
      }),
      { carried: { a: scalar(0) } },
    )
    for (const values of [Float32Array.of(1, 2), tensor([3]), { values: Float32Array.of(4), shape: [1, 1] }])
      compiled.step({ values })
    expect(toNumber(compiled.snapshot().a)).toBe(10)
  })

  test('is compiled once for each set of shapes, the last few of which are kept', () => {
    const sizes: number[] = []
    const reference = backendOf('reference')
    const counting: Backend = {
      ...reference,
      prepare: (program) => {
        sizes.push(program.inputs.find(({ name }) => name === 'x')?.shape[0] ?? 0)
        return reference.prepare(program)
      },
    }
    const compiled = compileFold(
      ({ a }: { a: Tensor }, { x }: { x: Tensor }) => ({ carried: { a: add(a, sum(x)) }, results: {} }),
      { carried: { a: scalar(0) }, backend: counting, programs: 2 },
    )
    for (const size of [3, 3, 1, 3, 1, 2, 2, 1, 3]) compiled.step({ x: new Float32Array(size).fill(1) })
    expect(sizes).toEqual([3, 1, 2, 3])
    expect(toNumber(compiled.snapshot().a)).toBe(19)
  })
})

test('nothing is allocated for a step that was compiled', () => {
  const idle = (length: number) => ({
    length,
    write: () => undefined,
    read: () => new Float32Array(length),
    at: () => 1,
  })
  const backend: Backend = {
    name: 'idle',
    description: 'does nothing',
    rank: -1,
    prepare: ({ inputs, outputs }): Executable => ({
      inputs: inputs.map(({ shape }) => idle(elementCount(shape))),
      outputs: outputs.map(() => idle(1)),
      bind: () => undefined,
      run: () => undefined,
    }),
  }
  const compiled = compileFold(step, { carried: { params: start }, constants: examples, backend })
  const given = { positions: Int32Array.of(1, 2, 3) }
  const run = (times: number) => {
    let total = 0
    for (let now = 0; now < times; now++) {
      compiled.step(given)
      total += compiled.result('loss')
    }
    return total
  }
  run(20_000)
  const profiler = new GCProfiler()
  profiler.start()
  // An object for each would fill the space for young ones several times.
  expect(run(2_000_000)).toBe(2_000_000)
  expect(profiler.stop().statistics.length).toBeLessThanOrEqual(1)
})

test('a step that fails changes nothing', () => {
  const compiled = training()
  compiled.step({ positions: Int32Array.of(1) })
  const before = bitsOf(compiled.snapshot())
  expect(() => compiled.step({ positions: Int32Array.of(count) })).toThrow(
    'gather: index 10 at position 0 is outside an axis of size 10',
  )
  expect(() => compiled.step({ positions: Int32Array.of(0, -1) })).toThrow(RangeError)
  expect(bitsOf(compiled.snapshot())).toEqual(before)
  expect(() => compiled.result('loss')).toThrow('the last step failed')
  compiled.step({ positions: Int32Array.of(1) })
  expect(leaves(compiled.results()).length).toBe(2)
})

const tiny = () =>
  compileFold(
    ({ a }: { a: Tensor }, { x }: { x: Tensor }) => ({
      carried: { a: add(a, x) },
      results: { b: mul(a, x) },
    }),
    {
      carried: { a: zeros([2]) },
    },
  )

test.each<[string, () => unknown]>([
  ['compileFold: no step has been run yet; results are those of a step', () => tiny().result('b')],
  [
    "result: there is no 'c' among the results: b",
    () => {
      const fold = tiny()
      fold.step({ x: new Float32Array(2) })
      fold.result('c')
    },
  ],
  [
    "result: 'b' is float32 [2]; results() gives it whole",
    () => {
      const fold = tiny()
      fold.step({ x: new Float32Array(2) })
      fold.result('b')
    },
  ],
  [
    "load: 'a' was compiled as float32 [2] but is given as float32 [3]; compile once more for that",
    () => {
      tiny().load({ a: zeros([3]) })
    },
  ],
  [
    "compileFold: 'a' is float32 [2] but float32 [5, 2] after a step; what is carried keeps its shape and dtype",
    () => {
      tiny().step({ x: zeros([5, 2]) })
    },
  ],
  [
    "compileFold: 'x' is a number; a tensor or a typed array is expected, such as Float32Array.of(1, 2)",
    () => {
      tiny().step({ x: 3 as never })
    },
  ],
  [
    "compileFold: 'x' is an array of 2; a tensor or a typed array is expected, such as Float32Array.of(1, 2)",
    () => {
      tiny().step({ x: [1, 2] as never })
    },
  ],
  [
    "compileFold: 'x' is given 2 values for the shape [3], which takes 3",
    () => {
      tiny().step({ x: { values: new Float32Array(2), shape: [3] } })
    },
  ],
  [
    "compileFold: 'x' is given 1 values for the shape [2], which takes 2",
    () => {
      const fold = tiny()
      fold.step({ x: new Float32Array(2) })
      fold.step({ x: { values: new Float32Array(1), shape: [2] } })
    },
  ],
  [
    "compileFold: the function takes 'x', but is given nothing",
    () => {
      tiny().step({} as never)
    },
  ],
  [
    "compileFold: the function takes 'x', but is given only y",
    () => {
      tiny().step({ y: zeros([2]) } as never)
    },
  ],
  [
    'compileFold: the last step failed, so that there are no results of it; run another one',
    () => {
      const fold = tiny()
      fold.step({ x: new Float32Array(2) })
      expect(() => {
        fold.step({ x: 5 as never })
      }).toThrow(TypeError)
      fold.results()
    },
  ],
  ...[0, -1, 1.5, Number.NaN].map((programs): [string, () => unknown] => [
    `compileFold: 'programs' is ${programs}; a positive integer is expected`,
    () => training(programs),
  ]),
  [
    "compileFold: 'a' is carried and given; rename one of the two",
    () => {
      compileFold((c: { a: Tensor }, { a }: { a: Tensor }) => ({ carried: c, results: { b: a } }), {
        carried: { a: zeros([2]) },
      }).step({ a: zeros([2]) })
    },
  ],
  [
    'compileFold: the function gives no { carried, results }, two records of tensors',
    () => {
      compileFold((c: { a: Tensor }) => ({ carried: c }) as never, { carried: { a: zeros([2]) } }).step({})
    },
  ],
  [
    "compileFold: the function gives 'b' to be carried, but takes no 'b'",
    () => {
      compileFold(({ a }: { a: Tensor }) => ({ carried: { a, b: a }, results: {} }), {
        carried: { a: zeros([2]) },
      }).step({})
    },
  ],
])('%s', (sentence, run) => {
  expect(run).toThrow(expect.objectContaining({ message: sentence }))
})
