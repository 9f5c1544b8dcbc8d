import { isLeft, left, right, type Either } from '#fp/Either'
import { checkInput, checkOutputGradient } from '../layer/check.ts'
import type { Context, InputGradient, LayerInput, Net } from '../layer/layer.ts'
import { isPattern, type Takes } from '../shape/pattern.ts'
import { signature, type ShapeRule } from '../shape/signature.ts'
import { add } from '../tensor/elementwise.ts'
import { fold } from '../tensor/random.ts'
import { branch } from '../tensor/branch.ts'
import { equalShapes, showShape } from '../tensor/shape.ts'
import { isTensor, type AnyTensor } from '../tensor/tensor.ts'
import { lookupAny, updateAny, type Tree, type TreeRecord } from '../tensor/tree.ts'
import { penaltySentence } from './penalties.ts'
import { wires, type Wires } from './wires.ts'
import type { FittingLoss, Objective, Penalties } from './objectiveTypes.ts'
import type { ParamsOf } from '../layer/layer.ts'

const filled = (records: TreeRecord): TreeRecord =>
  Object.fromEntries(Object.entries(records).filter(([, record]) => Object.keys(record).length > 0))

const only = (
  input: Readonly<Record<string, AnyTensor>>,
  names: object,
): Readonly<Record<string, AnyTensor>> =>
  Object.fromEntries(Object.entries(input).filter(([name]) => Object.hasOwn(names, name)))

/** The context of one part of an objective: its own randomness and state. */
const within = (context: Context, layer: Net, name: 'net' | 'loss'): Context => ({
  ...context,
  state: { ...layer.initialState, ...branch(context.state, name) },
  ...(name === 'loss' && { path: name, ...(context.key && { key: fold(context.key, name) }) }),
})

/** Throws unless the gradient by the prediction has its shape: a loss gives a scalar, which tells nothing of it. */
function checkPredictionGradient(loss: Net, prediction: AnyTensor, dPrediction: AnyTensor): void {
  if (equalShapes(prediction.shape, dPrediction.shape)) return
  throw new TypeError(
    `loss: backward of ${loss.rule.title} gives a gradient ${showShape(dPrediction.shape)} by a prediction ${showShape(prediction.shape)}`,
  )
}

function compose(net: Net, loss: Net, penalties: Readonly<Record<string, Net>>, wiring: Wires): Objective {
  const { prediction, netInputs, lossInputs } = wiring
  const rule: ShapeRule = signature<string, Takes, readonly []>(
    'objective',
    { ...netInputs, ...lossInputs },
    [],
  )
  const paths = Object.entries(penalties)
  const layer: Net = {
    kind: 'objective',
    hyperparameters: {},
    rule,
    parameters: net.parameters,
    initialState: filled({ net: net.initialState, loss: loss.initialState }),

    init: (key, options) => net.init(key, options),

    forward(params, given, context = {}) {
      checkInput(rule, {}, given, context.path)
      const input = isTensor(given) ? {} : given
      const netInput: LayerInput | undefined = isPattern(net.rule.takes)
        ? input['input']
        : only(input, netInputs)
      const predicted = net.forward(params, netInput ?? {}, within(context, net, 'net'))
      const lossInput = { ...only(input, lossInputs), [prediction]: predicted.output }
      const judged = loss.forward({}, lossInput, within(context, loss, 'loss'))
      const paid = paths.map(
        ([path, penalty]) => [path, penalty.forward({}, lookupAny(params, path))] as const,
      )
      return {
        output: paid.reduce<AnyTensor>((sum, [, { output }]) => add(sum, output), judged.output),
        cache: {
          net: predicted.cache,
          prediction: predicted.output,
          loss: judged.cache,
          penalties: Object.fromEntries(paid.map(([path, { cache }]) => [path, cache])),
        },
        state: filled({ net: predicted.state, loss: judged.state }),
      }
    },

    backward(params, cache, dOutput, path) {
      checkOutputGradient(rule, dOutput, path)
      const judged = loss.backward({}, branch(cache, 'loss'), dOutput, 'loss')
      const { [prediction]: dPrediction, ...dLossInputs } = judged.dInput as Readonly<
        Record<string, AnyTensor>
      >
      if (dPrediction === undefined)
        throw new TypeError(`backward of ${loss.rule.title} gives no gradient by ${prediction}`)
      checkPredictionGradient(loss, lookupAny(cache, 'prediction'), dPrediction)
      const predicted = net.backward(params, branch(cache, 'net'), dPrediction, path)
      const dParams = paths.reduce<Tree>((gradients, [path, penalty]) => {
        const { dInput } = penalty.backward({}, branch(branch(cache, 'penalties'), path), dOutput)
        return updateAny(gradients, path, (gradient) => add(gradient, dInput as AnyTensor))
      }, predicted.dParams)
      const dNetInputs = isPattern(net.rule.takes)
        ? predicted.dInput && { input: predicted.dInput }
        : predicted.dInput
      return {
        dParams: dParams as TreeRecord,
        dInput: { ...dNetInputs, ...dLossInputs } as InputGradient<Takes>,
      }
    },
  }
  return Object.freeze({
    ...layer,
    net,
    loss,
    prediction,
    penalties: Object.freeze({ ...penalties }),
  }) as Objective
}

/**
 * The objective of a net known only at run time, or the sentence that says what does not fit.
 *
 * @example
 * objectiveFrom(affine(4, 3), softmaxCrossEntropy(2))
 * // => { _tag: 'Left', left: 'loss: softmaxCrossEntropy(2) takes labels int32 [N], logits [N, 2] but is given labels int32 [N], logits [N, 3]' }
 */
export function objectiveFrom(
  net: Net,
  loss: Net,
  penalties: Readonly<Record<string, Net>> = {},
): Either<string, Objective> {
  const wiring = wires(net, loss)
  if (isLeft(wiring)) return wiring
  const given = Object.fromEntries(Object.entries(penalties).filter(([, penalty]) => penalty !== undefined))
  const wrong = penaltySentence(net, given)
  return wrong === undefined ? right(compose(net, loss, given, wiring.right)) : left(wrong)
}

/**
 * A net with its loss and penalties: a layer whose output, a scalar, is the number to be made small.
 *
 *     L = loss(net(x), ...) + sum over paths of penalty(parameter)
 *
 * Its parameters are those of the net; its inputs are those of the net (`input`, if it has one) and those of the loss
 * but the prediction. The output of the net is the input of the loss named `logits` or, if there is none, `prediction`.
 *
 * @param net the net
 * @param loss a layer without parameters that gives a scalar
 * @param penalties layers of one tensor that give a scalar, such as `l2`, by the paths of parameters of the net
 * @throws TypeError, in plain JavaScript, with the sentence that TypeScript shows on the offending argument
 * @example
 * const net = sequential(['N', 4], ['fc1', affine(4, 10)], ['relu', relu()], ['fc2', affine(10, 3)])
 * const loss = objective(net, softmaxCrossEntropy(3), { 'fc1.W': l2(1e-3), 'fc2.W': l2(1e-3) })
 * Object.keys(loss.rule.takes) // => ['input', 'labels']
 */
export function objective<N extends Net, L extends Net>(
  net: N,
  loss: FittingLoss<N, L> extends L ? L : FittingLoss<N, L>,
  penalties: Penalties<ParamsOf<N>> = {},
): Objective<N, L> {
  const built = objectiveFrom(net, loss as L, penalties as Readonly<Record<string, Net>>)
  if (isLeft(built)) throw new TypeError(built.left)
  return built.right as unknown as Objective<N, L>
}
