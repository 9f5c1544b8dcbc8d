import type { Dtype, TypedArray } from '@pullback/core'
import { indexIn } from '../gradient/place.ts'
import { showNumber } from '../report/showNumber.ts'

/** An element that is not what it should be. */
export interface Difference {
  /** What holds it, in a report: an output, an input after a run. */
  readonly tensor: string
  readonly dtype: Dtype
  readonly shape: readonly number[]
  readonly position: number
  readonly found: number
  readonly wanted: number
  /** How far apart the two may be; 0 if not at all. */
  readonly allowed: number
}

export const showDifference = ({
  tensor,
  dtype,
  shape,
  position,
  found,
  wanted,
  allowed,
}: Difference): readonly (readonly [label: string, text: string])[] => [
  ['where', `${tensor}[${indexIn(position, shape).join(', ')}] of ${dtype} [${shape.join(', ')}]`],
  ['is', showNumber(found)],
  ['should be', showNumber(wanted) + (allowed === 0 ? '' : ` +- ${allowed.toExponential(2)}`)],
]

/** The first element whose bits differ, other than in which NaN it is. */
export function differentElement(
  found: readonly TypedArray[],
  wanted: readonly TypedArray[],
  forms: readonly { readonly name: string; readonly dtype: Dtype; readonly shape: readonly number[] }[],
): Difference | undefined {
  for (const [which, { name: tensor, dtype, shape }] of forms.entries()) {
    const [f, w] = [found[which], wanted[which]]
    if (f === undefined || w === undefined || f.length !== w.length)
      throw new Error(`${tensor} has ${f?.length} elements and not ${w?.length}`)
    for (let position = 0; position < w.length; position++) {
      const [is, should] = [f[position] ?? NaN, w[position] ?? NaN]
      if (!Object.is(is, should))
        return { tensor, dtype, shape, position, found: is, wanted: should, allowed: 0 }
    }
  }
  return undefined
}
