import { fromValues } from '@pullback/core'
import * as fc from 'fast-check'
import { dataset, type Dataset } from './dataset.ts'

/** Small data sets whose first feature is the position of the example, the others multiples of 1/8. */
export const datasets: fc.Arbitrary<Dataset> = fc
  .record({
    labels: fc.array(fc.nat(3), { minLength: 1, maxLength: 60 }),
    columns: fc.integer({ min: 1, max: 4 }),
    draw: fc.infiniteStream(fc.integer({ min: -800, max: 800 })),
  })
  .map(({ labels, columns, draw }) => {
    const values = labels.flatMap((_, position) => [
      position,
      ...Array.from({ length: columns - 1 }, () => (draw.next().value ?? 0) / 8),
    ])
    return dataset({
      features: fromValues(values, [labels.length, columns]),
      labels: fromValues(labels, [labels.length], 'int32'),
      classes: 4,
      classNames: ['a', 'b', 'c', 'd'],
    })
  })
