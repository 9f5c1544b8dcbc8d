import type { Float } from '@pullback/core'
import type { Dataset } from '../dataset/dataset.ts'

/** The two parts that a data set is published in. */
export interface TrainAndTest<D extends Float = 'float32'> {
  readonly train: Dataset<D>
  readonly test: Dataset<D>
}
