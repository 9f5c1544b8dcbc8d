import { grouped } from '../numbers/grouped.ts'
import { totals, worstTensor, type GradientCheck } from './gradientCheck.ts'

/** `3.1e-10`. */
export const showError = (error: number): string => (error === 0 ? '0' : error.toExponential(1))

/** An element of a parameter: `fc2.W[17, 2]`. */
export const showElement = (path: string, index: readonly number[]): string => `${path}[${index.join(', ')}]`

/** What a gradient check found, in one line. */
export function gradientSentence(check: GradientCheck): string {
  const { size, checked, agreeing, unresolved } = totals(check)
  const worst = worstTensor(check)
  if (worst === undefined) return 'gradient check: the net has no parameters'
  const sampled = checked === size ? '' : ` (a sample of ${grouped(size)})`
  const undecided = unresolved === 0 ? '' : `, ${grouped(unresolved)} undecided`
  const { relativeError, index } = worst.worst
  return `gradient check: ${grouped(agreeing)} of ${grouped(checked)} parameters${sampled} agree with certified differences${undecided}, worst relative error ${showError(relativeError)} at ${showElement(worst.path, index)}`
}
