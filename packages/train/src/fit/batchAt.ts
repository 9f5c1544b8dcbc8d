import { fromValues, gather, type AnyTensor, type Shape, type Tensor } from '@pullback/core'
import type { Inputs } from '../metrics/metric.ts'

/** The examples at the positions that a tensor holds, as expressions. */
export const gathered = (inputs: Inputs, positions: Tensor<Shape, 'int32'>): Inputs =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, tensor]): [string, AnyTensor] => [name, gather(tensor, positions)]),
  )

/** The examples at some positions of the data, as expressions. */
export const batchAt = (inputs: Inputs, positions: Int32Array): Inputs =>
  gathered(inputs, fromValues(positions, [positions.length], 'int32'))
