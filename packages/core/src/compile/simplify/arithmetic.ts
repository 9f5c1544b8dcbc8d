import { isFloat, type Dtype } from '../../tensor/dtype.ts'
import type { AnyTensor } from '../../tensor/tensor.ts'
import { repeated } from './repeated.ts'
import { rewrite, type Rewrite } from './rewrite.ts'
import { isSplat, splat } from './splat.ts'

const negated = ({ expression }: AnyTensor): AnyTensor | undefined =>
  expression.op === 'neg' ? expression.operands[0] : undefined

/** Whether adding it changes nothing: -0 of floats, since 0 would make a 0 of -0. */
const isNeutral = (tensor: AnyTensor): boolean => isSplat(tensor, isFloat(tensor.dtype) ? -0 : 0)

const largestExponent = { float32: 126, float64: 1022, int32: 0 } as const satisfies Record<Dtype, number>

/** 1 / x, if x is a power of two everywhere and 1 / x is a normal number of its dtype. */
function exactReciprocal(tensor: AnyTensor): number | undefined {
  const value = splat(tensor)
  if (value === undefined || !isFloat(tensor.dtype) || value === 0 || !Number.isFinite(value))
    return undefined
  const exponent = Math.round(Math.log2(Math.abs(value)))
  const isExact = Math.abs(exponent) <= largestExponent[tensor.dtype] && 2 ** exponent === Math.abs(value)
  return isExact ? 1 / value : undefined
}

/** What holds of numbers exactly: of NaN, infinities, both zeros and integers that wrap. */
export const arithmetic: readonly Rewrite[] = [
  rewrite(['mul'], 'x * 1 = x', ({ operands: [a, b] }) =>
    isSplat(b, 1) ? a : isSplat(a, 1) ? b : undefined,
  ),
  rewrite(['mul'], 'x * -1 = -x', ({ operands: [a, b] }, { shape, dtype }, build) => {
    const other = isSplat(b, -1) ? a : isSplat(a, -1) ? b : undefined
    return other && build({ op: 'neg', operands: [other] }, shape, dtype)
  }),
  rewrite(['div'], 'x / 1 = x', ({ operands: [a, b] }) => (isSplat(b, 1) ? a : undefined)),
  rewrite(['div'], 'x / 2^k = x * 2^-k, both being rounded once', ({ operands: [a, b] }, tensor, build) => {
    const reciprocal = exactReciprocal(b)
    if (reciprocal === undefined) return undefined
    const { shape, dtype } = tensor
    return build({ op: 'mul', operands: [a, repeated(reciprocal, tensor, build)] }, shape, dtype)
  }),
  rewrite(['sub'], 'x - 0 = x', ({ operands: [a, b] }) => (isSplat(b, 0) ? a : undefined)),
  rewrite(['add'], 'x + -0 = x, and x + 0 = x of integers', ({ operands: [a, b] }) =>
    isNeutral(b) ? a : isNeutral(a) ? b : undefined,
  ),
  rewrite(['neg'], '-(-x) = x', ({ operands: [a] }) => negated(a)),
  rewrite(['add'], 'x + -y = x - y', ({ operands: [a, b] }, { shape, dtype }, build) => {
    const [left, right] = [negated(a), negated(b)]
    if (right !== undefined) return build({ op: 'sub', operands: [a, right] }, shape, dtype)
    return left && build({ op: 'sub', operands: [b, left] }, shape, dtype)
  }),
  rewrite(['sub'], 'x - -y = x + y', ({ operands: [a, b] }, { shape, dtype }, build) => {
    const right = negated(b)
    return right && build({ op: 'add', operands: [a, right] }, shape, dtype)
  }),
  rewrite(['maximum', 'minimum'], 'the larger and the smaller of x and x are x', ({ operands: [a, b] }) =>
    a === b ? a : undefined,
  ),
  rewrite(['where'], 'both choices are the same', ({ operands: [, a, b] }) => (a === b ? a : undefined)),
  rewrite(['where'], 'the condition is known', ({ operands: [condition, a, b] }) => {
    const value = splat(condition)
    return value === undefined ? undefined : value === 0 ? b : a
  }),
  rewrite(
    ['where'],
    'a condition holds where it is not 0',
    ({ operands: [condition, a, b] }, { shape, dtype }, build) => {
      const { expression } = condition
      if (expression.op !== 'notEqual') return undefined
      const [x, y] = expression.operands
      const tested = isSplat(y, 0) ? x : isSplat(x, 0) ? y : undefined
      return tested?.dtype === 'int32'
        ? build({ op: 'where', operands: [tested, a, b] }, shape, dtype)
        : undefined
    },
  ),
  rewrite(['cast'], 'a cast to the same dtype', ({ operands: [x] }, { dtype }) =>
    x.dtype === dtype ? x : undefined,
  ),
  rewrite(['cast'], 'float64 holds every float32 and int32', ({ operands: [x] }, { shape, dtype }, build) =>
    x.expression.op === 'cast' && x.dtype === 'float64'
      ? build({ op: 'cast', operands: x.expression.operands }, shape, dtype)
      : undefined,
  ),
]
