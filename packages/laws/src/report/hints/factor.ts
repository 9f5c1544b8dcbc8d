import { differentiable } from '../gradientsAt.ts'
import { showTensor } from '../showPlace.ts'
import { mapFloats } from '../vary.ts'
import { always, differs, type Hint } from './evidence.ts'

/** Values at which a factor, or a term, makes no difference. */
const neutral: readonly (readonly [value: number, what: string])[] = [
  [1, 'factor'],
  [0, 'term'],
]

/** The gradient is right where a parameter is 1 or 0 everywhere: what it stands for there is left out. */
export const neutralParameter: Hint = ({ points, at }) => {
  const [first] = points
  if (first === undefined || !always(points, ({ gradient }) => differs(gradient))) return undefined
  const isRight = (name: string, fill: number) =>
    always(points, ({ sample }) => {
      const there = at(mapFloats(sample, (values, tensor) => (tensor === name ? values.fill(fill) : values)))
      // Where nothing is left of the gradient, every backward is right.
      return (
        there !== undefined &&
        !differs(there.gradient) &&
        there.gradient.expected.some((value) => value !== 0)
      )
    })
  const names = [...differentiable(first.sample).keys()].filter((name) => name.startsWith('params.'))
  for (const name of names)
    for (const [value, what] of neutral)
      // Right at another constant, too, it is not the constant that matters but that entries are alike.
      if (isRight(name, value) && !isRight(name, 2))
        return `right where ${showTensor(name)} is ${value}: a ${what} with ${showTensor(name)} is left out`
  return undefined
}
