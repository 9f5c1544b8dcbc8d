import {
  gather,
  int32,
  layer,
  parameter,
  scatterAdd,
  signature,
  xavierNormal,
  type Tensor,
} from '@pullback/core'
import type { Formulas, Labels } from './formulas.ts'

export type EmbeddingFormulas = Formulas<
  { readonly table: Tensor },
  { readonly ids: Labels },
  Labels,
  undefined
>

export const embeddingFormulas = (count: number): EmbeddingFormulas => ({
  forward: ({ table }, ids) => ({ output: gather(table, ids), cache: { ids } }),
  backward: (_, { ids }, dOutput) => ({
    dParams: { table: scatterAdd(dOutput, ids, count) },
    dInput: undefined,
  }),
})

/** The rows of a table that ids name. */
export const embeddingWith = (count: number, size: number, formulas: Partial<EmbeddingFormulas> = {}) =>
  layer({
    kind: 'embedding',
    hyperparameters: { count, size },
    shape: signature(`embedding(${count}, ${size})`, int32('N'), ['N', size]),
    params: { table: parameter([count, size], xavierNormal()) },
    ...embeddingFormulas(count),
    ...formulas,
  })
