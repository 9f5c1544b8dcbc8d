import {
  evaluate,
  fromValues,
  isFloat,
  isTensor,
  leaves,
  mapTree,
  toArray,
  type LayerInput,
  type Net,
  type Tree,
  type TreeRecord,
} from '@pullback/core'
import { drawFor, uniformFrom, type Draw } from './draws.ts'

/** How a mutated layer stands to the right one. */
export type Standing = 'equal' | 'legitimate' | 'wrong'

/** Every number of a tree, by path. */
type Numbers = ReadonlyMap<string, Float64Array>

const numbersOf = (tree: Tree): Numbers =>
  new Map(leaves(evaluate(tree)).map(([path, tensor]) => [path, Float64Array.from(toArray(tensor))]))

const inputTree = (input: LayerInput | undefined): Tree => input ?? {}

function gradients(layer: Net, { params, input, context, dOutput }: Draw): Numbers {
  const { cache } = layer.forward(params, input, context)
  const { dParams, dInput } = layer.backward(params, cache, dOutput)
  return numbersOf({ params: dParams, input: inputTree(dInput) })
}

const largest = (numbers: Numbers): number =>
  Math.max(0, ...[...numbers.values()].flatMap((values) => Array.from(values, Math.abs)))

function equal(a: Numbers, b: Numbers): boolean {
  const tolerance = 1e-11 * Math.max(largest(a), Number.MIN_VALUE)
  return [...a].every(([path, values]) =>
    values.every((value, at) => {
      const other = b.get(path)?.[at] ?? Number.NaN
      return Object.is(value, other) || Math.abs(value - other) <= tolerance
    }),
  )
}

/** One of the directions to leave a point in: an entry, or all at random. */
type Direction = (path: string, at: number) => number

/** <forward, dOutput> beside the point. */
function valueAt(layer: Net, draw: Draw, direction: Direction, step: number): number {
  const moved = mapTree<TreeRecord>({ params: draw.params, input: inputTree(draw.input) }, (tensor, path) =>
    isFloat(tensor.dtype)
      ? fromValues(
          Float64Array.from(toArray(tensor), (value, at) => value + step * direction(path, at)),
          tensor.shape,
          'float64',
        )
      : tensor,
  )
  const input = moved['input'] ?? {}
  const { output } = layer.forward(
    moved['params'] as TreeRecord,
    isTensor(input) ? input : (input as LayerInput),
    draw.context,
  )
  const weights = toArray(draw.dOutput)
  return Array.from(toArray(output)).reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0)
}

/** The draw with the gradient of one output alone: sums of kinks of either sign have no bracket. */
const forOutput = (draw: Draw, index: number): Draw => ({
  ...draw,
  dOutput: fromValues(
    Array.from({ length: toArray(draw.dOutput).length }, (_, at) => (at === index ? 1 : 0)),
    draw.dOutput.shape,
    'float64',
  ),
})

/** Whether a gradient lies between the one-sided derivatives of every output in every direction tried. */
const isBracketed = (layer: Net, wrong: Net, draw: Draw): boolean =>
  toArray(draw.dOutput).every((_, index) => {
    const one = forOutput(draw, index)
    return isBetween(layer, one, gradients(wrong, one))
  })

function isBetween(layer: Net, draw: Draw, gradient: Numbers): boolean {
  const entries = [...gradient].flatMap(([path, values]) =>
    [...values.keys()].map((at) => (p: string, i: number) => (p === path && i === at ? 1 : 0)),
  )
  const uniform = uniformFrom(99)
  const random = Array.from({ length: 8 }, (): Direction => {
    const drawn = new Map([...gradient].map(([path, values]) => [path, values.map(() => uniform() - 0.5)]))
    return (path, at) => drawn.get(path)?.[at] ?? 0
  })
  const step = 1e-6
  return [...entries, ...random].every((direction) => {
    const here = valueAt(layer, draw, direction, 0)
    const right = (valueAt(layer, draw, direction, step) - here) / step
    const left = (here - valueAt(layer, draw, direction, -step)) / step
    const slope = [...gradient].reduce(
      (sum, [path, values]) =>
        values.reduce((part, value, at) => {
          const along = direction(path, at)
          return along === 0 ? part : part + value * along
        }, sum),
      0,
    )
    const slack = 1e-4 * Math.max(1, Math.abs(left), Math.abs(right))
    return slope >= Math.min(left, right) - slack && slope <= Math.max(left, right) + slack
  })
}

/**
 * Whether a mutated layer gives the right gradient everywhere, or one that is as good where the function has a kink.
 *
 * @param draws how many points are tried, every other one with ties and zeros
 */
export function standing(layers: readonly Net[], mutate: (layer: Net) => Net, draws: number): Standing {
  let found: Standing = 'equal'
  for (const layer of layers) {
    const wrong = mutate(layer)
    for (let number = 0; number < draws; number++) {
      const draw = drawFor(layer, number)
      const mutant = gradients(wrong, draw)
      if (equal(gradients(layer, draw), mutant)) continue
      if (draw.generic || !isBracketed(layer, wrong, draw)) return 'wrong'
      found = 'legitimate'
    }
  }
  return found
}
