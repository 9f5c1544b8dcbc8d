import {
  isTensor,
  lookupAny,
  objectiveFrom,
  type AnyTensor,
  type Net,
  type Objective,
  type Tree,
} from '@pullback/core'

const child = (tree: Tree, name: string): Tree => (isTensor(tree) ? {} : (tree[name] ?? {}))

/** The net with its output kept in the cache. */
const keepingOutput = (net: Net): Net => ({
  ...net,
  forward(params, input, context) {
    const { output, cache, state } = net.forward(params, input, context)
    return { output, cache: { output, cache }, state }
  },
  backward: (params, cache, dOutput) => net.backward(params, child(cache, 'cache'), dOutput),
})

/** The same objective, from whose cache `predictionIn` reads the prediction, so that it need not be computed again. */
export function observed({ net, loss, penalties }: Objective): Net {
  const built = objectiveFrom(keepingOutput(net), loss, penalties)
  if ('left' in built) throw new TypeError(built.left)
  return built.right
}

/** The prediction, the output of the net, in the cache of an observed objective. */
export const predictionIn = (cache: Tree): AnyTensor => lookupAny(cache, 'net.output')
