import {
  declaredParameters,
  l2,
  objectiveFrom,
  softmaxCrossEntropy,
  type Net,
  type Objective,
} from '@pullback/core'
import type * as E from '#fp/Either'

/** The weights of a net, which are penalised: its parameters but for biases, which are vectors. */
export const weightPaths = (net: Net): readonly string[] =>
  declaredParameters(net.parameters).flatMap(([path, { shape }]) => (shape.length > 1 ? [path] : []))

/** A net with the loss for C classes and, unless `reg` is 0, an L2 penalty on all of its weights. */
export const classifier = (net: Net, C: number, reg: number): E.Either<string, Objective> =>
  objectiveFrom(
    net,
    softmaxCrossEntropy(C),
    Object.fromEntries(reg === 0 ? [] : weightPaths(net).map((path) => [path, l2(reg)])),
  )
