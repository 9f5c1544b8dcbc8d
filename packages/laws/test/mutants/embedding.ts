import {
  add,
  cast,
  div,
  greater,
  maximum,
  minimum,
  mul,
  ones,
  reshape,
  scatterAdd,
  sub,
  sum,
  type Tensor,
} from '@pullback/core'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'
import { embeddingWith } from './right/embedding.ts'
import type { Labels } from './right/formulas.ts'
import { sizedTwice } from './sizes.ts'

const wrong = (
  name: string,
  dTable: (dOutput: Tensor, ids: Labels, count: number) => Tensor,
  expected: Expected = wrongGradient('params.table'),
): Mutant => ({
  name: `embedding: ${name}`,
  layer: sizedTwice((count, size) =>
    embeddingWith(count, size, {
      backward: (_, { ids }, dOutput) => ({
        dParams: { table: dTable(dOutput, ids, count) },
        dInput: undefined,
      }),
    }),
  ),
  expected,
})

/** How often each id occurs, as a column. */
const occurrences = (dOutput: Tensor, ids: Labels, count: number): Tensor =>
  sum(scatterAdd(ones([ids.shape[0] ?? 0, 1], dOutput.dtype), ids, count), { axes: 1, keepDims: true })

const column = (ids: Labels): Labels => reshape(ids, [ids.shape[0] ?? 0, 1])

export const embeddingMutants: readonly Mutant[] = [
  wrong('repeated ids averaged', (d, ids, count) =>
    div(scatterAdd(d, ids, count), maximum(occurrences(d, ids, count), 1)),
  ),
  wrong('repeated ids dropped', (d, ids, count) =>
    mul(scatterAdd(d, ids, count), cast(greater(2, occurrences(d, ids, count)), d.dtype)),
  ),
  wrong('the next row', (d, ids, count) => scatterAdd(d, minimum(add(ids, 1), count - 1), count)),
  wrong('counted from 1', (d, ids, count) => scatterAdd(d, maximum(sub(ids, 1), 0), count)),
  wrong('no gradient for row 0, as if it were padding', (d, ids, count) =>
    scatterAdd(mul(d, cast(greater(column(ids), 0), d.dtype)), ids, count),
  ),
  wrong(
    'averaged over the batch',
    (d, ids, count) => div(scatterAdd(d, ids, count), Math.max(ids.shape[0] ?? 0, 1)),
    wrongGradient('params.table', /N|averag|batch/),
  ),
]
