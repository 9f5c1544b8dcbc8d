import { isTensor, showShape } from '@pullback/core'
import type { Violation } from './law.ts'

/** A violation in one sentence. */
export function sentenceOf({
  law,
  sentence,
  place,
  analytic,
  expected,
  bound,
  hint,
  sample,
}: Violation): string {
  const { layer, input } = sample
  const shapes = isTensor(input)
    ? showShape(input.shape)
    : Object.entries(input)
        .map(([name, { shape }]) => `${name} ${showShape(shape)}`)
        .join(', ')
  const at = place && `${place.tensor}${place.index.length > 0 ? showShape(place.index) : ''}`
  const numbers =
    analytic === undefined
      ? undefined
      : `is ${analytic}${expected === undefined ? '' : ` but should be ${expected}`}${bound === undefined ? '' : ` within ${bound}`}`
  return [
    `${law}: ${layer.rule.title} of ${shapes}: ${sentence}`,
    [at, numbers].filter((part) => part !== undefined).join(' '),
    hint,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join('; ')
}
