import { dependencyOrder } from '../../evaluate/order.ts'
import { makeTensor, type AnyTensor } from '../../tensor/tensor.ts'
import { rebuild } from './rebuild.ts'
import { splat } from './splat.ts'

const isZero = (tensor: AnyTensor): boolean => splat(tensor) === 0

/** What a tensor is the positive part of, and the zero, either one: x and 0 of `maximum(x, 0)`. */
function rectified({ expression }: AnyTensor): readonly [x: AnyTensor, zero: AnyTensor] | undefined {
  if (expression.op !== 'maximum') return undefined
  const [a, b] = expression.operands
  return isZero(b) ? [a, b] : isZero(a) ? [b, a] : undefined
}

/**
 * `x > 0` as `max(x, 0) > 0` where `max(x, 0)` is computed anyway: it holds for the same x, NaN among them, and x need
 * not be kept for it.
 */
export function reluMasks(roots: readonly AnyTensor[], told: (reason: string) => void): readonly AnyTensor[] {
  const zeros = new Map<AnyTensor, AnyTensor>()
  for (const tensor of dependencyOrder(roots)) {
    const found = rectified(tensor)
    if (found !== undefined) zeros.set(...found)
  }
  return rebuild(roots, (tensor, { expression: was }) => {
    const { expression, shape, dtype } = tensor
    if (was.op !== 'greater' || expression.op !== 'greater') return tensor
    const [x, zero] = expression.operands
    const own = zeros.get(was.operands[0])
    if (own === undefined || !isZero(zero)) return tensor
    told('x > 0 where max(x, 0) > 0')
    const positive = makeTensor({ op: 'maximum', operands: [x, own] }, x.shape, x.dtype)
    return makeTensor({ op: 'greater', operands: [positive, zero] }, shape, dtype)
  })
}
