import {
  add,
  evaluate,
  fold,
  leaves,
  lookupAny,
  mapTree,
  type AnyTensor,
  type Context,
  type Net,
  type Objective,
  type Tensor,
  type Tree,
  type TreeRecord,
  isTensor,
  isPattern,
  scalar,
  valueAndGradient,
} from '@pullback/core'
import * as fc from 'fast-check'
import { sampleArbitrary } from '../arbitrary/sampleArbitrary.ts'
import { withErrors } from '../expression/bounded.ts'
import { float64, roundingErrors } from '../expression/rounding.ts'
import { agreement, arraysOf, compareTrees } from '../law/agreement.ts'
import { differentBits } from '../law/bits.ts'
import type { Outcome } from '../law/law.ts'
import type { Sample } from '../sample/sample.ts'
import { brokenLaw } from './brokenLaw.ts'
import { layerLaws, type LawOptions, type LayerLaw } from './layerLaws.ts'

/** A law of objectives or nets, beside those of layers. */
export interface CompositeLaw {
  readonly name: LayerLaw['name'] | 'value' | 'sum' | 'nodes' | 'spec' | 'summary'
  readonly property: fc.IProperty<[Sample]>
}

const tensorsOf = (input: Sample['input']): Readonly<Record<string, AnyTensor>> =>
  isTensor(input) ? { input } : input

const only = (input: Readonly<Record<string, AnyTensor>>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(input).filter(([name]) => names.includes(name)))

const stateFor = (layer: Net, state: TreeRecord | undefined, name: string): TreeRecord => {
  const found = state?.[name]
  return found === undefined || isTensor(found) ? layer.initialState : { ...layer.initialState, ...found }
}

/** The value of an objective and its gradients, put together from net, loss and penalties. */
function byParts(objective: Objective, { params, input, context }: Sample): Tree {
  const { net, loss, prediction, penalties } = objective
  const given = tensorsOf(input)
  const { takes } = net.rule
  const netInput = isPattern(takes) ? (given['input'] as AnyTensor) : only(given, Object.keys(takes))
  const within = (layer: Net, name: string, key: Context['key']): Context => ({
    ...context,
    state: stateFor(layer, context.state, name),
    ...(key && { key }),
  })
  const predicted = net.forward(params, netInput, within(net, 'net', context.key))
  const lossInput = { ...only(given, Object.keys(loss.rule.takes)), [prediction]: predicted.output }
  const judged = loss.forward({}, lossInput, within(loss, 'loss', context.key && fold(context.key, 'loss')))
  const one = scalar(1, 'float64')
  const { [prediction]: dPrediction } = loss.backward({}, judged.cache, one).dInput as Readonly<
    Record<string, Tensor>
  >
  let value: AnyTensor = judged.output
  let gradients: Tree =
    dPrediction === undefined ? {} : net.backward(params, predicted.cache, dPrediction).dParams
  for (const [path, penalty] of Object.entries(penalties)) {
    const paid = penalty.forward({}, lookupAny(params, path))
    const { dInput } = penalty.backward({}, paid.cache, one)
    value = add(value, paid.output)
    gradients = mapTree(gradients, (gradient, at) =>
      at === path ? add(gradient, dInput as AnyTensor) : gradient,
    )
  }
  return { value, gradients }
}

const whole = (objective: Objective, { params, input, context }: Sample): Tree => {
  const { output, cache } = objective.forward(params, input as never, context)
  const { dParams } = objective.backward(params, cache, scalar(1, 'float64'))
  return { value: output, gradients: dParams }
}

const bounded = (tree: Tree) =>
  withErrors(
    tree,
    roundingErrors(
      leaves(tree).map(([, tensor]) => tensor),
      float64,
    ),
  )

function sumOfParts(objective: Objective, sample: Sample): Outcome {
  const [left, right] = [whole(objective, sample), byParts(objective, sample)]
  const found = evaluate({ left: { ...bounded(left) }, right: { ...bounded(right) } })
  const [own, other] = [arraysOf(found.left.errors), arraysOf(found.right.errors)]
  return agreement(
    'composition',
    sample,
    'the objective is not the loss plus the penalties',
    compareTrees(
      found.left.values,
      found.right.values,
      (path, at) => (own.get(path)?.[at] ?? 0) + (other.get(path)?.[at] ?? 0),
    ),
  )
}

/**
 * The laws of an objective: those of every layer, and beside them
 *
 * - `value`: `valueAndGradient` gives the output of forward, and backward of 1
 * - `sum`: it is the loss of what the net gives plus the penalties, and so is its gradient
 *
 * @param objective as `objective` gives it
 * @param options as for `layerLaws`
 * @example
 * import * as fc from 'fast-check'
 * const loss = objective(affine(2, 3), softmaxCrossEntropy(3), { W: l2(0.1) })
 * for (const { property } of objectiveLaws(loss)) fc.assert(property, { numRuns: 5 })
 */
export function objectiveLaws<N extends Net, L extends Net>(
  objective: Objective<N, L>,
  options: LawOptions = {},
): readonly CompositeLaw[] {
  const erased = objective as unknown as Objective
  const layer: Net = erased
  const samples = sampleArbitrary(fc.constant(layer))
  const value = fc.property(samples, (sample) => {
    const { params, input, context } = sample
    const step = valueAndGradient(layer, { backend: 'reference' })(params, input, context)
    const expected = evaluate(whole(erased, sample))
    const different = differentBits('', { value: step.value, gradients: step.gradients }, expected)
    if (different !== undefined)
      throw new Error(
        `valueAndGradient gives ${different.left} at ${different.place.tensor}, forward and backward ${different.right}`,
      )
  })
  const sum = fc.property(samples, (sample) => {
    const outcome = sumOfParts(erased, sample)
    if (outcome.verdict === 'violated') throw brokenLaw(outcome.violation)
  })
  return [...layerLaws(layer, options), { name: 'value', property: value }, { name: 'sum', property: sum }]
}
