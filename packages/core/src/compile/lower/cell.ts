import type { Dtype } from '../../tensor/dtype.ts'
import type { Values } from '../../tensor/values.ts'
import type { Task } from './task.ts'

/** Memory for the elements of a tensor, a buffer of the plan if anything needs it. */
export interface Cell {
  readonly dtype: Dtype
  readonly length: number
  readonly source:
    | { readonly kind: 'input' | 'output'; readonly index: number }
    | { readonly kind: 'constant'; readonly values: Values }
    | { readonly kind: 'temporary' }
  readonly writers: Task[]
  readonly readers: Task[]
}

export const newCell = (dtype: Dtype, length: number, source: Cell['source']): Cell => ({
  dtype,
  length,
  source,
  writers: [],
  readers: [],
})
