import { isLeft } from '#fp/Either'
import type { Net } from '../layer/layer.ts'
import { declaredParameters } from '../layer/parameter.ts'
import { shapeOf } from '../shape/pattern.ts'
import { hasParameters, notScalar } from './scalarLayer.ts'

/** The sentence for the first penalty whose path is not that of a parameter or that does not fit it. */
export function penaltySentence(net: Net, penalties: Readonly<Record<string, Net>>): string | undefined {
  const parameters = new Map(declaredParameters(net.parameters).map(([path, { shape }]) => [path, shape]))
  for (const [path, penalty] of Object.entries(penalties)) {
    const shape = parameters.get(path)
    if (shape === undefined)
      return `penalties: there is no parameter '${path}' among ${[...parameters.keys()].join(', ')}`
    const gives = penalty.rule.apply(shape)
    if (isLeft(gives)) return `penalties: ${path}: ${gives.left}`
    if (shapeOf(gives.right).length > 0) return `penalties: ${path}: ${notScalar(penalty, gives.right)}`
    if (hasParameters(penalty)) return `penalties: ${path}: ${penalty.rule.title} has parameters of its own`
  }
  return undefined
}
