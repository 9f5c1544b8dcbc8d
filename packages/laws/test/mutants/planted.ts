import {
  fromValues,
  isIntegerPattern,
  isPattern,
  mapTree,
  mul,
  type AnyTensor,
  type Net,
  type Tree,
  type TreeRecord,
} from '@pullback/core'

/** The tensors that a layer has gradients by: `params.W`, `input`, `input.logits`. */
export const gradientsOf = ({ parameters, rule: { takes } }: Net): readonly string[] => {
  const inputs = isPattern(takes)
    ? isIntegerPattern(takes)
      ? []
      : ['input']
    : Object.entries(takes).flatMap(([name, pattern]) => (isIntegerPattern(pattern) ? [] : [`input.${name}`]))
  return [...Object.keys(parameters).map((name) => `params.${name}`), ...inputs]
}

/** The tensor with its first element off by a share of itself. */
function offBy(x: AnyTensor, share: number): AnyTensor {
  const count = x.shape.reduce((a, b) => a * b, 1)
  const factors = Float64Array.from({ length: count }, (_, at) => (at === 0 ? 1 + share : 1))
  return mul(x, fromValues(factors, x.shape, x.dtype))
}

/** The tree with the tensor at a path off in its first element. */
const offAt = <T extends Tree>(tree: T, root: string, tensor: string, share: number): T =>
  mapTree(tree, (leaf, path) =>
    (path === '' ? root : `${root}.${path}`) === tensor ? offBy(leaf, share) : leaf,
  )

/** The layer with a relative error planted in the first entry of one gradient. */
export const planted = (layer: Net, tensor: string, share: number): Net => ({
  ...layer,
  backward(params, cache, dOutput) {
    const { dParams, dInput } = layer.backward(params, cache, dOutput)
    return {
      dParams: offAt<TreeRecord>(dParams, 'params', tensor, share),
      dInput: dInput && offAt(dInput, 'input', tensor, share),
    }
  },
})
