import {
  add,
  cast,
  compile,
  compileFold,
  evaluate,
  fromValues,
  gather,
  matmul,
  mul,
  randomNormal,
  scalar,
  seed,
  sum,
  tanh,
  tensor,
  toArray,
  toNested,
  toNumber,
  transpose,
  zeros,
  type BackendChoice,
  type Shape,
  type Tensor,
} from '@pullback/core'
import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { branch, loop, op } from './assembler/code.ts'
import { machineOf, stopMachines } from './machine.fixture.ts'
import type { ProductsOver } from './matmul/externalProducts.ts'
import { spawnReplacing, spawnCaught } from './replacedStages.fixture.ts'
import { wasm } from './wasm.ts'

afterEach(stopMachines)

const size = 256
const start = evaluate(randomNormal(seed(1), [size, size]))
const given = { x: evaluate(randomNormal(seed(2), [size, size])) }

/** Steps that are divided among threads and replace what is carried in place. */
const walk = (backend: BackendChoice, W: Tensor = start) =>
  compileFold(
    ({ W: before }: { W: Tensor }, { x }: { x: Tensor }) => {
      const y = tanh(matmul(x, before))
      const dW = matmul(transpose(x), y)
      return { carried: { W: add(mul(before, 0.999), mul(dW, 1e-4)) }, results: { loss: sum(y) } }
    },
    { carried: { W }, backend },
  )

const valuesOf = ({ snapshot }: ReturnType<typeof walk>) => Array.from(toArray(snapshot().W))

/** What a step throws that a worker has spoiled; the worker may come too late for the first. */
function failing(fold: ReturnType<typeof walk>): { readonly error: unknown; readonly before: Tensor } {
  for (let step = 0; step < 10_000; step++) {
    const before = fold.snapshot().W
    try {
      fold.step(given)
    } catch (error) {
      return { error, before }
    }
  }
  throw new Error('no step has failed')
}

describe('a worker that dies', () => {
  it('while it is idle is not missed', async () => {
    const { workers, spawn } = spawnCaught()
    const { machine, backend } = machineOf({ threads: 2, spawn })
    const [fold, alone] = [walk(backend), walk(wasm({ threads: 1 }))]
    fold.step(given)
    await machine.pool.settled()
    fold.step(given)
    for (const worker of workers) worker.stop()
    while (machine.pool.threads() > 1) await setTimeout(1)
    fold.step(given)
    for (let step = 0; step < 3; step++) alone.step(given)
    expect(valuesOf(fold)).toEqual(valuesOf(alone))
  })

  it('in the middle of a step ends it and all others of the backend by one sentence, and the reference goes on', async () => {
    const { machine, backend } = machineOf({ threads: 2, limit: 200, spawn: spawnReplacing(loop(branch)) })
    const fold = walk(backend)
    const other = compile(({ x }) => add(x, 1), { shapes: { x: [2] }, backend })
    expect(toNested(other({ x: tensor([1, 2]) }))).toEqual([2, 3])
    fold.step(given)
    await machine.pool.settled()
    const { error, before } = failing(fold)
    const sentence =
      'a worker of the wasm backend stopped in the middle of a step: it has not finished its part within 0.2 s; what ' +
      'this backend holds is not valid and it runs nothing any more: begin again with another wasm backend, or use ' +
      "the backend 'reference'"
    expect(error).toEqual(new Error(sentence))
    expect(() => {
      fold.step(given)
    }).toThrow(sentence)
    expect(() => fold.snapshot()).toThrow(sentence)
    expect(() => other({ x: tensor([1, 2]) })).toThrow(sentence)
    const [onward, wanted] = [walk('reference', before), walk(wasm({ threads: 1 }), before)]
    for (const one of [onward, wanted]) one.step(given)
    const values = valuesOf(wanted)
    for (const [position, value] of valuesOf(onward).entries())
      expect(Math.abs(value - (values[position] ?? Number.NaN))).toBeLessThan(1e-3)
  })

  it('of a trap leaves what was to be replaced invalid until it is written again', async () => {
    const { machine, backend } = machineOf({ threads: 2, spawn: spawnReplacing(op('unreachable')) })
    const fold = walk(backend)
    fold.step(given)
    await machine.pool.settled()
    const { error, before } = failing(fold)
    const sentence =
      'a worker of the wasm backend failed in the middle of a step (RuntimeError: unreachable); the results of this ' +
      "step are not valid: run it again, or use the backend 'reference'"
    expect(error).toEqual(new Error(sentence))
    const invalid =
      `'W' is not valid any more: the step that was to replace it failed halfway (${sentence}); write what was read ` +
      'from it before, or begin again'
    expect(() => fold.snapshot()).toThrow(invalid)
    expect(() => {
      fold.step(given)
    }).toThrow(invalid)
    fold.load({ W: before })
    expect(toArray(fold.snapshot().W)).toEqual(toArray(before))
  })
})

describe('a step that traps in the main thread', () => {
  const trouble = new Error('the library is out of memory')
  let isFailing = false
  const products: ProductsOver = () => ({
    name: 'a library that fails',
    product: () => () => {
      if (isFailing) throw trouble
    },
  })

  it('gives the error, and leaves what is carried by exchange as it was', () => {
    const { backend } = machineOf({ threads: 1, products })
    const fold = compileFold(
      ({ x }: { x: Tensor }) => ({ carried: { x: add(matmul(x, x), sum(x)) }, results: {} }),
      { carried: { x: start }, backend },
    )
    isFailing = true
    expect(() => {
      fold.step({})
    }).toThrow(trouble)
    expect(toArray(fold.snapshot().x)).toEqual(toArray(start))
    isFailing = false
    fold.step({})
    expect(toArray(fold.snapshot().x)).not.toEqual(toArray(start))
  })

  it('leaves what is carried in place invalid until it is written', () => {
    const { backend } = machineOf({ threads: 1, products })
    const fold = walk(backend)
    isFailing = true
    expect(() => {
      fold.step(given)
    }).toThrow(trouble)
    const invalid =
      "'W' is not valid any more: the step that was to replace it failed halfway (the library is"
    expect(() => fold.snapshot()).toThrow(invalid)
    isFailing = false
    expect(() => {
      fold.step(given)
    }).toThrow(invalid)
    fold.load({ W: start })
    fold.step(given)
    expect(fold.snapshot().W.shape).toEqual([size, size])
  })
})

describe('memory that cannot grow', () => {
  const squared = (count: number, backend: BackendChoice) =>
    compile(({ x }) => mul(x, x), { shapes: { x: [count] }, backend })

  it.each([1, 2])(
    'is told when a program is compiled, with %i threads, and smaller ones go on',
    (threads) => {
      const { machine, backend } = machineOf({ threads, maximumBytes: 4 * 2 ** 20 })
      const { heap } = machine
      const small = squared(3, backend)
      const inUse = heap.bytesInUse()
      for (const count of [2 ** 20, 2 ** 19, 2 ** 29, 2 ** 30])
        for (let attempt = 0; attempt < 3; attempt++) {
          expect(() => squared(count, backend)).toThrow(
            /^the wasm backend needs [\d.]+ MiB more memory, but .*use the backend 'reference'$/,
          )
          expect(heap.bytesInUse()).toBe(inUse)
        }
      expect(toNested(small({ x: tensor([1, 2, 3]) }))).toEqual([1, 4, 9])
      expect(toNested(squared(2, backend)({ x: tensor([5, 7]) }))).toEqual([25, 49])
    },
  )

  it('is told where threads lack memory to work in, and smaller products go on', () => {
    const { machine, backend } = machineOf({ threads: 2, maximumBytes: 3 * 2 ** 20 })
    const product = (n: number) => compile(({ x }) => matmul(x, x), { shapes: { x: [n, n] }, backend })
    const { heap } = machine
    const inUse = heap.bytesInUse()
    expect(() => product(510)).toThrow(RangeError)
    expect(heap.bytesInUse()).toBe(inUse)
    expect(toNested(product(2)({ x: tensor([[1, 1], [0, 1]]) }))).toEqual([[1, 2], [0, 1]]) // prettier-ignore
  })
})

describe('an index out of range', () => {
  const table = () =>
    compileFold(
      ({ a, b }: { a: Tensor; b: Tensor }, { at }: { at: Tensor<Shape, 'int32'> }) => ({
        carried: { a: add(a, 1), b: add(b, sum(gather(a, cast(add(at, cast(b, 'int32')), 'int32')))) },
        results: {},
      }),
      { carried: { a: zeros([4]), b: scalar(0) }, backend: wasm({ threads: 2 }) },
    )

  it('leaves what is carried as it was, also one that the step computes, and the program goes on', () => {
    const fold = table()
    fold.step({ at: Int32Array.of(0, 3) })
    fold.step({ at: Int32Array.of(0, 1) })
    const now = () => ({ a: toNested(fold.snapshot().a), b: toNumber(fold.snapshot().b) })
    const before = now()
    expect(before).toEqual({ a: [2, 2, 2, 2], b: 2 })
    for (const bad of [2, -3])
      expect(() => {
        fold.step({ at: Int32Array.of(0, bad) })
      }).toThrow(`gather: index ${bad + 2} at position 1 is outside an axis of size 4`)
    expect(now()).toEqual(before)
    fold.step({ at: Int32Array.of(0, 1) })
    expect(now()).toEqual({ a: [3, 3, 3, 3], b: 6 })
  })
})

describe('numbers that are none', () => {
  it('go through products, sums and functions as IEEE says, and nothing stops', () => {
    const run = compile(
      ({ x, y }) => ({ product: matmul(x, y), total: sum(x, { axes: 1 }), squashed: tanh(x) }),
      { shapes: { x: [3, 40], y: [40, 33] }, backend: wasm({ threads: 1 }) },
    )
    const x = new Float32Array(120).fill(1)
    x[41] = Number.NaN
    x[85] = Infinity
    const { product, total, squashed } = run({
      x: fromValues(x, [3, 40]),
      y: fromValues(new Float32Array(40 * 33).fill(2), [40, 33]),
    })
    const rows = (of: Tensor, width: number) =>
      [0, 1, 2].map((row) => [...new Set(toArray(of).slice(row * width, (row + 1) * width))])
    expect(rows(product, 33)).toEqual([[80], [Number.NaN], [Infinity]])
    expect(toNested(total)).toEqual([40, Number.NaN, Infinity])
    expect([toArray(squashed)[41], toArray(squashed)[85]]).toEqual([Number.NaN, 1])
  })
})

describe('programs side by side', () => {
  it('do not disturb each other, in one backend or in two', () => {
    const backends = [wasm({ threads: 1 }), wasm({ threads: 2 }), wasm({ threads: 2 })]
    const folds = backends.flatMap((backend) => [walk(backend), walk(backend, given.x)])
    for (let step = 0; step < 5; step++) for (const fold of folds) fold.step(given)
    const [first, second] = folds.slice(0, 2).map(valuesOf)
    expect(first).not.toEqual(second)
    expect(folds.map(valuesOf)).toEqual([first, second, first, second, first, second])
  })
})

describe('what a program was not compiled for', () => {
  const backend = wasm({ threads: 1 })
  const program = { inputs: [{ name: 'x', shape: [3], dtype: 'float32' }], outputs: [], carried: [] } as const

  it.each<[string, () => unknown]>([
    [
      "the compiled function: 'x' was compiled as float32 [3] but is given as float32 [4]; compile once more for that",
      () => compile(({ x }) => add(x, 1), { shapes: { x: [3] }, backend })({ x: zeros([4]) as never }),
    ],
    [
      "the compiled function: 'x' was compiled as float32 [3] but is given as float64 [3]; compile once more for that",
      () =>
        compile(({ x }) => add(x, 1), { shapes: { x: [3] }, backend })({ x: zeros([3], 'float64') as never }),
    ],
    [
      "compileFold: 'a' is float32 [2] but float32 [5, 2] after a step; what is carried keeps its shape and dtype",
      () => {
        compileFold(
          ({ a }: { a: Tensor }, { x }: { x: Tensor }) => ({ carried: { a: add(a, x) }, results: {} }),
          { carried: { a: zeros([2]) }, backend },
        ).step({ x: zeros([5, 2]) })
      },
    ],
    [
      'a storage of 3 elements is given 4',
      () => backend.prepare(program).inputs[0]?.write(new Float32Array(4)),
    ],
    [
      "input 'x' takes a storage of its own backend, but is given one of another",
      () => {
        const [storage] = wasm({ threads: 1 }).prepare(program).inputs
        if (storage !== undefined) backend.prepare(program).bind(0, storage)
      },
    ],
  ])('%s', (sentence, run) => {
    expect(run).toThrow(expect.objectContaining({ message: sentence }))
  })
})
