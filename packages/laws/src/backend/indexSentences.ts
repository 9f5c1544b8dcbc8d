import { dependencyOrder, type AnyTensor } from '@pullback/core'
import { referenceOf, type Trial } from './trial.ts'

/** How many positions an index of a primitive may name, and the tensor of indices. */
function indexed({ expression, shape }: AnyTensor): readonly [indices: AnyTensor, size: number] | undefined {
  switch (expression.op) {
    case 'gather':
      return [expression.operands[1], expression.operands[0].shape[expression.axis] ?? 0]
    case 'scatterAdd':
      return [expression.operands[1], shape[expression.axis] ?? 0]
    case 'oneHot':
      return [expression.operands[0], shape.at(-1) ?? 0]
    default:
      return undefined
  }
}

/** What the reference may say of a trial: a sentence for every tensor of indices with one out of range, the first there. */
export function indexSentences(trial: Trial): readonly string[] {
  const tensors = dependencyOrder(trial.program.outputs.map(({ tensor }) => tensor))
  return tensors.flatMap((tensor) => {
    const found = indexed(tensor)
    if (found === undefined) return []
    const [tensorOfIndices, size] = found
    let values
    try {
      ;[values] = referenceOf(trial, [tensorOfIndices])
    } catch (error) {
      // Indices that are computed by way of an index out of range have no values.
      if (error instanceof RangeError) return []
      throw error
    }
    const position = values?.findIndex((index) => index < 0 || index >= size) ?? -1
    return position < 0
      ? []
      : [
          `${tensor.expression.op}: index ${values?.[position]} at position ${position} is outside an axis of size ${size}`,
        ]
  })
}
