import { isLeft, left, right, type Either } from '#fp/Either'
import type { Net } from '../layer/layer.ts'
import { hasParameters, notScalar } from './scalarLayer.ts'
import { match, substitute } from '../shape/match.ts'
import { isPattern, shapeOf, type PatternRecord, type Takes } from '../shape/pattern.ts'

/** How the inputs of an objective are shared out between net and loss. */
export interface Wires {
  /** The input of the loss that takes the output of the net. */
  readonly prediction: string
  readonly netInputs: PatternRecord
  /** What the loss takes beside the prediction, in the sizes of the net. */
  readonly lossInputs: PatternRecord
}

/** The inputs of a net by name: its one input is `input`. */
export const namedInputs = (takes: Takes): PatternRecord => (isPattern(takes) ? { input: takes } : takes)

const predictionOf = (takes: Takes): string | undefined =>
  ['logits', 'prediction'].find((name) => !isPattern(takes) && Object.hasOwn(takes, name))

/** The wires between a net and its loss, or the sentence that says why they do not fit. */
export function wires(net: Net, loss: Net): Either<string, Wires> {
  const { takes } = loss.rule
  const { gives } = net.rule
  const prediction = predictionOf(takes)
  if (prediction === undefined || isPattern(takes))
    return left('loss: takes neither logits nor prediction, one of which is the output of the net')
  const bindings = match({ [prediction]: takes[prediction] ?? [] }, { [prediction]: gives })
  const lossInputs = Object.fromEntries(
    Object.entries(takes)
      .filter(([name]) => name !== prediction)
      .map(([name, pattern]) => [name, bindings ? substitute(pattern, bindings) : pattern]),
  )
  const judged = loss.rule.apply({ [prediction]: gives, ...lossInputs })
  if (isLeft(judged)) return left(`loss: ${judged.left}`)
  if (shapeOf(judged.right).length > 0) return left(`loss: ${notScalar(loss, judged.right)}`)
  if (hasParameters(loss))
    return left(`loss: ${loss.rule.title} has parameters of its own; make it part of the net`)
  const netInputs = namedInputs(net.rule.takes)
  const twice = Object.keys(lossInputs).find((name) => Object.hasOwn(netInputs, name))
  if (twice !== undefined) return left(`loss: the net and ${loss.rule.title} both have an input '${twice}'`)
  return right({ prediction, netInputs, lossInputs })
}
