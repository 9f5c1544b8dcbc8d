import { elementsOf } from '../../evaluate/compute.ts'
import type { Op } from '../../tensor/expression.ts'
import { elementCount } from '../../tensor/shape.ts'
import type { AnyTensor } from '../../tensor/tensor.ts'
import { Values } from '../../tensor/values.ts'
import { elementwise } from './broadcasting.ts'
import { rewrite, type Rewrite } from './rewrite.ts'

const mostElements = 4096
const mostRead = 16 * mostElements

const computed = [
  ...elementwise,
  ...(['sum', 'max', 'min', 'argmax', 'matmul', 'transpose', 'slice', 'concat'] as const),
  ...(['gather', 'scatterAdd', 'oneHot', 'random'] as const),
] as const satisfies readonly Op[]

/** Whether a tensor is a constant or repeats one: nothing but that may be computed beforehand. */
const isKnown = ({ expression }: AnyTensor): boolean =>
  expression.op === 'constant' ||
  (expression.op === 'broadcast' && expression.operands[0].expression.op === 'constant')

/** The elements of a tensor; none if they cannot be computed, which a run of the program is to say. */
function elementsIfAny(tensor: AnyTensor) {
  try {
    return elementsOf(tensor)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** What is known is computed by the reference interpreter, unless it makes a small program a large one. */
export const folding: readonly Rewrite[] = [
  rewrite(computed, 'all operands are known', (expression, tensor, build) => {
    const read = expression.operands.reduce((total, { shape }) => total + elementCount(shape), 0)
    if (elementCount(tensor.shape) > mostElements || read > mostRead) return undefined
    if (!expression.operands.every(isKnown)) return undefined
    const elements = elementsIfAny(tensor)
    return (
      elements &&
      build({ op: 'constant', operands: [], values: new Values(elements) }, tensor.shape, tensor.dtype)
    )
  }),
]
