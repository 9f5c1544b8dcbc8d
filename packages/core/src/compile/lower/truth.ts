import type { Scalar } from '../plan.ts'
import { element } from './element.ts'

const comparisons = new Set<string>(['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'])

/**
 * The comparison that an operation asks again whether it holds: `c = 1` or `c != 0`, in any dtype, as where a one-hot
 * vector is compared with 1; `undefined` for any other operation.
 */
export function askedAgain(code: readonly Scalar[], scalar: Scalar): number | undefined {
  if (scalar.op !== 'equal' && scalar.op !== 'notEqual') return undefined
  const [asked, against] = scalar.operands
  const number = element(code, against)
  if (number.op !== 'constant' || number.value !== (scalar.op === 'equal' ? 1 : 0)) return undefined
  const outer = element(code, asked)
  const position = outer.op === 'cast' ? outer.operands[0] : asked
  return comparisons.has(element(code, position).op) ? position : undefined
}
