import * as fc from 'fast-check'
import { detectFeatures } from '../engine/features.ts'
import type { MatmulSpec, Strides } from './kernel.ts'

/** Sizes around every block and vector width; a large one goes with small ones. */
const small = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(1, 2, 3, 4, 5, 8, 10))
const middle = fc.constantFrom(47, 48, 49, 50, 95, 96, 97, 100, 101)
const large = fc.constantFrom(255, 256, 257, 511, 513, 1025, 1500)

const sizes = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(small, small, small) },
  { weight: 3, arbitrary: fc.tuple(middle, small, small) },
  { weight: 2, arbitrary: fc.tuple(middle, middle, small) },
  { weight: 1, arbitrary: fc.tuple(middle, middle, middle) },
  { weight: 3, arbitrary: fc.tuple(large, small, small) },
  { weight: 1, arbitrary: fc.tuple(large, middle, small) },
)

const rotated = <T>([p, q, r]: readonly [T, T, T], by: number): readonly [T, T, T] =>
  by === 0
    ? [p, q, r]
    : by === 1
      ? [q, r, p]
      : by === 2
        ? [r, p, q]
        : by === 3
          ? [q, p, r]
          : by === 4
            ? [p, r, q]
            : [r, q, p]

/** Row by row, column by column, a slice of either, every other column, the same row or column again and again. */
const layouts = [
  'rows',
  'columns',
  'row slice',
  'column slice',
  'every other',
  'same row',
  'same column',
] as const

function strides(layout: (typeof layouts)[number], rows: number, columns: number, gap: number): Strides {
  switch (layout) {
    case 'rows':
      return { row: columns, column: 1 }
    case 'columns':
      return { row: 1, column: rows }
    case 'row slice':
      return { row: columns + gap, column: 1 }
    case 'column slice':
      return { row: 1, column: rows + gap }
    case 'every other':
      return { row: 2 * columns + gap, column: 2 }
    case 'same row':
      return { row: 0, column: 1 }
    case 'same column':
      return { row: 1, column: 0 }
  }
}

const layout = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('rows' as const, 'columns' as const) },
  { weight: 2, arbitrary: fc.constantFrom(...layouts) },
)
const gap = fc.integer({ min: 1, max: 5 })

export const specs = fc
  .record({
    dtype: fc.constantFrom('float32' as const, 'float64' as const, 'int32' as const),
    sizes,
    order: fc.integer({ min: 0, max: 5 }),
    a: layout,
    b: layout,
    gap,
    outGap: fc.constantFrom(0, 0, 1, 3),
  })
  .map(({ dtype, sizes: drawn, order, a, b, gap: between, outGap }): MatmulSpec => {
    const [m, k, n] = rotated(drawn, order)
    return {
      dtype,
      m,
      n,
      k,
      a: strides(a, m, k, between),
      b: strides(b, k, n, between),
      outRowStride: n + outGap,
    }
  })

export const features = fc.record({
  relaxed: detectFeatures().relaxed ? fc.boolean() : fc.constant(false),
})

/** Cuts of a length into parts, empty ones among them. */
export const cuts = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: length }), { maxLength: 3 })
    .map((drawn) => [0, ...drawn, length].toSorted((p, q) => p - q))
    .map((ends) => ends.slice(1).map((end, index) => [ends[index] ?? 0, end] as const))
