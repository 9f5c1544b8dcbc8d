import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { describeWithLibrary } from '../library/machine.fixture.ts'
import { callingFromWasm, wasmMemory } from './memory.fixture.ts'
import { expectedProduct, firstWrong } from './plainLoops.fixture.ts'
import { productShape } from './product.arbitrary.ts'
import type { Memory } from './addresses.ts'
import { extent, storedMatrices, type ProductShape } from './productShape.ts'
import { products, type Products } from './products.ts'

const plain = { alpha: 1, beta: 0, transposeA: false, transposeB: false } as const

/** Computes a product from a position on, and tells the first element that is wrong. */
function check(
  { product }: Products,
  { buffer }: Memory,
  shape: Required<ProductShape>,
  seed: number,
  from = 64,
) {
  const Numbers = shape.dtype === 'float32' ? Float32Array : Float64Array
  const { a, b, out } = storedMatrices(shape)
  let state = seed
  let position = from
  const matrix = (length: number, filled: boolean) => {
    const numbers = new Numbers(buffer as ArrayBuffer, position, length)
    for (let index = 0; index < length; index++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
      numbers[index] = filled ? (state >> 16) / 2 ** 12 : Number.NaN
    }
    position += numbers.byteLength + 8
    return numbers
  }
  const operands = {
    a: matrix(extent(a), true),
    b: matrix(extent(b), true),
    out: matrix(extent(out), shape.beta !== 0),
  }
  const expected = expectedProduct(shape, operands)
  product(shape)(operands.a.byteOffset, operands.b.byteOffset, operands.out.byteOffset)
  return firstWrong(operands.out, expected)
}

describeWithLibrary('products', (library) => {
  it('are those of plain loops: any sizes, transposes, gaps, factors, threads, in both dtypes', () => {
    const memory = wasmMemory(16, true)
    const byThreads = [products(memory, library, { threads: 1 }), products(memory, library)]
    fc.assert(
      fc.property(productShape, fc.integer(), fc.constantFrom(...byThreads), (shape, seed, made) => {
        expect(check(made, memory, shape, seed)).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })

  it.each(['float32', 'float64'] as const)('are right where threads share the work, in %s', (dtype) => {
    const memory = wasmMemory(64, true)
    const shape = { ...plain, dtype, m: 257, n: 129, k: 300, lda: 257, ldb: 129, ldc: 129, transposeA: true }
    expect(check(products(memory, library, { threads: 2 }), memory, shape, 1)).toBeUndefined()
  })

  it.each([true, false])('lie where they should after the memory has grown, shared: %s', (shared) => {
    const memory = wasmMemory(1, shared)
    const made = products(memory, library)
    const shape = { ...plain, dtype: 'float32', m: 9, n: 7, k: 5, lda: 5, ldb: 7, ldc: 7 } as const
    expect(check(made, memory, shape, 1)).toBeUndefined()
    memory.grow(700)
    expect(check(made, memory, shape, 2)).toBeUndefined()
    expect(check(made, memory, shape, 3, 600 * 65_536)).toBeUndefined()
  })

  it('over two memories do not disturb each other', () => {
    const memories = [wasmMemory(4, true), wasmMemory(4, false)] as const
    const made = memories.map((memory, index) => products(memory, library, { threads: index + 1 }))
    fc.assert(
      fc.property(productShape, fc.nat({ max: 1 }), (shape, which) => {
        const [one, memory] = [made[which], memories[which]]
        if (one === undefined || memory === undefined) throw new Error('there are two memories')
        expect(check(one, memory, shape, which)).toBeUndefined()
      }),
    )
  })

  it('pass on NaN and infinities of their operands', () => {
    const memory = wasmMemory(1, true)
    const numbers = new Float64Array(memory.buffer)
    numbers.set([Number.NaN, 1, 1, 1, Number.POSITIVE_INFINITY, 1, 1, 1])
    const shape = { dtype: 'float64', transposeA: false, transposeB: false, m: 2, n: 2, k: 2 } as const
    products(memory, library).product(shape)(0, 32, 64)
    expect([...numbers.subarray(8, 12)]).toEqual([Number.NaN, Number.NaN, Number.POSITIVE_INFINITY, 2])
  })

  it('can be called by WebAssembly', () => {
    const memory = wasmMemory(1, true)
    const numbers = new Float32Array(memory.buffer)
    numbers.set([1, 2, 3, 4])
    const shape = { dtype: 'float32', transposeA: false, transposeB: true, m: 1, n: 1, k: 2 } as const
    callingFromWasm(products(memory, library).product(shape), [0, 8, 16])()
    expect(numbers[4]).toBe(11)
  })

  it('leave nothing on the heap', () => {
    const memory = wasmMemory(1, true)
    const shape = { dtype: 'float32', transposeA: false, transposeB: false, m: 2, n: 2, k: 2 } as const
    const product = products(memory, library).product({ ...shape, alpha: 0.5 })
    const times = (count: number): number => {
      const before = process.memoryUsage().heapUsed
      for (let time = 0; time < count; time++) product(0, 1024, 2048)
      return process.memoryUsage().heapUsed - before
    }
    times(50_000)
    // Numbers in the place of BigInts that are kept would be 48 bytes a call.
    expect(Math.min(...Array.from({ length: 5 }, () => Math.abs(times(5000))))).toBeLessThan(100_000)
  })

  it('outside the memory are refused', () => {
    const memory = wasmMemory(1, true)
    const product = products(memory, library).product({ ...plain, dtype: 'float32', m: 2, n: 3, k: 4 })
    expect(() => product(65_536 - 28, 0, 0)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: blas: expected a to lie within the memory of 65536 bytes, found 32 bytes at 65508]`,
    )
    expect(() => product(0, -8, 0)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: blas: expected b to lie within the memory of 65536 bytes, found 48 bytes at 4294967288]`,
    )
    expect(() => product(0, 0, 65_536)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: blas: expected out to lie within the memory of 65536 bytes, found 24 bytes at 65536]`,
    )
  })

  it('are named with what computes them', () => {
    const { name, threads } = products(wasmMemory(1, true), library, { threads: 1 })
    expect(name).toContain(library.name)
    expect(threads === undefined || name.endsWith(', 1 thread')).toBe(true)
  })

  it('of no threads are refused', () => {
    expect(() => products(wasmMemory(1, true), library, { threads: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: blas: expected threads to be a whole number of 1 or more, found 0]`,
    )
  })
})
