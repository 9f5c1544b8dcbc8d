import type { Matmul, Scalar, View } from '@pullback/core'

/** An epilogue that is `X = alpha out + beta X`, for a matrix X that lies row by row. */
export interface AffineUpdate {
  readonly alpha: number
  readonly beta: number
  readonly target: View
}

/** A value as a sum of the product, the element that is overwritten, and a number. */
interface Terms {
  readonly product: number
  readonly old: number
  readonly constant: number
}

const isSameView = (a: View, b: View): boolean =>
  a.buffer === b.buffer && a.offset === b.offset && a.strides.join() === b.strides.join()

const scaled = ({ product, old, constant }: Terms, by: number): Terms => ({
  product: product * by,
  old: old * by,
  constant: constant * by,
})

const plus = (a: Terms, b: Terms): Terms => ({
  product: a.product + b.product,
  old: a.old + b.old,
  constant: a.constant + b.constant,
})

const isNumber = ({ product, old }: Terms): boolean => product === 0 && old === 0

function combined(scalar: Scalar, operands: readonly (Terms | undefined)[]): Terms | undefined {
  const [a, b] = operands
  if (a === undefined) return undefined
  if (scalar.op === 'neg') return scaled(a, -1)
  if (b === undefined) return undefined
  if (scalar.op === 'add') return plus(a, b)
  if (scalar.op === 'sub') return plus(a, scaled(b, -1))
  if (scalar.op !== 'mul') return undefined
  return isNumber(b) ? scaled(a, b.constant) : isNumber(a) ? scaled(b, a.constant) : undefined
}

/**
 * The epilogue of a product as an update in place that a matrix product library does by itself: a step of gradient
 * descent with a penalty, `W = W - rate (dW + 2 reg W)`.
 */
export function affineUpdate({ epilogue, out, n, batch }: Matmul): AffineUpdate | undefined {
  const [store, ...others] = epilogue?.stores ?? []
  if (epilogue === undefined || store === undefined || others.length > 0 || batch !== 1) return undefined
  const { view: target } = store
  if (target.buffer === out || target.strides[0] !== n || target.strides[1] !== 1) return undefined
  const own: View = { buffer: out, offset: 0, strides: [n, 1] }
  const termsOf = (scalar: Scalar, known: readonly (Terms | undefined)[]): Terms | undefined => {
    if (scalar.op === 'constant') return { product: 0, old: 0, constant: scalar.value }
    if (scalar.op !== 'load')
      return 'operands' in scalar
        ? combined(
            scalar,
            scalar.operands.map((operand) => known[operand]),
          )
        : undefined
    const view = epilogue.loads[scalar.view]
    if (view === undefined) return undefined
    if (isSameView(view, own)) return { product: 1, old: 0, constant: 0 }
    return isSameView(view, target) ? { product: 0, old: 1, constant: 0 } : undefined
  }
  const terms: (Terms | undefined)[] = []
  for (const scalar of epilogue.code) terms.push(termsOf(scalar, terms))
  const stored = terms[store.value]
  if (stored === undefined || stored.constant !== 0 || stored.product === 0) return undefined
  // X times 0 is not 0 where X is not finite, which who is told to multiply by 0 does not look at.
  if (stored.old === 0 && epilogue.loads.some((view) => isSameView(view, target))) return undefined
  return { alpha: stored.product, beta: stored.old + 0, target }
}
