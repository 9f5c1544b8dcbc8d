import {
  fromValues,
  isIntegerPattern,
  isPattern,
  mapTree,
  seed as keyOf,
  shapeOf,
  type AnyTensor,
  type Context,
  type LayerInput,
  type Mode,
  type Net,
  type Pattern,
  type Tensor,
  type TreeRecord,
} from '@pullback/core'

/** A layer at a point, drawn without the kit, which is not to judge what it missed. */
export interface Draw {
  readonly params: TreeRecord
  readonly input: LayerInput
  readonly dOutput: Tensor
  readonly context: Context
  /** Whether the values have no ties and no zeros. */
  readonly generic: boolean
}

/** Numbers from 0 to 1, a function of the seed. */
export function uniformFrom(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 0
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x85ebca6b) + 0x6d2b79f5) | 0
    const mixed = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
  }
}

const countOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)

const scales = [1, 1, 3, 30, 0.01]

const sizes = [2, 3, 1, 4]

function resolve(pattern: Pattern, round: number): readonly number[] {
  const named = new Map<string, number>()
  return shapeOf(pattern).flatMap((size): readonly number[] => {
    if (typeof size === 'number') return [size]
    if (size === '...') return [[3, 2], [2], [1, 3], [2, 2, 2]][round % 4] ?? []
    const found = named.get(size) ?? sizes[(round + (size === 'N' ? 0 : 1)) % sizes.length] ?? 2
    named.set(size, found)
    return [found]
  })
}

/** How many labels there are, by the hyperparameter that says so. */
const labelsOf = ({ hyperparameters: { classes, count, C } }: Net): number =>
  Number(classes ?? count ?? C ?? 2)

const floats = (shape: readonly number[], next: () => number): Tensor =>
  fromValues(Array.from({ length: countOf(shape) }, next), shape, 'float64')

/** One of many draws, a function of its number: even ones are generic, odd ones on a grid of halves. */
export function drawFor(layer: Net, number: number): Draw {
  const uniform = uniformFrom(number + 1)
  const generic = number % 2 === 0
  const scale = scales[Math.floor(number / 2) % scales.length] ?? 1
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
  const value = () => (generic ? scale * normal() : Math.floor(uniform() * 7 - 3) / 2)
  const round = Math.floor(number / 2)
  const labels = labelsOf(layer)
  const draw = (pattern: Pattern): AnyTensor => {
    const shape = resolve(pattern, round)
    return isIntegerPattern(pattern)
      ? fromValues(
          Array.from({ length: countOf(shape) }, () => Math.floor(uniform() * labels)),
          shape,
          'int32',
        )
      : floats(shape, value)
  }
  const { takes } = layer.rule
  const input: LayerInput = isPattern(takes)
    ? draw(takes)
    : Object.fromEntries(Object.entries(takes).map(([name, pattern]) => [name, draw(pattern)]))
  const params = mapTree(layer.init(keyOf(number), { dtype: 'float64' }), ({ shape }) =>
    floats(shape, generic ? normal : value),
  )
  const mode: Mode = number % 3 === 2 ? 'predict' : 'train'
  const context = { key: keyOf(number), mode }
  const { output } = layer.forward(params, input, context)
  return { params, input, context, generic, dOutput: floats(output.shape, normal) }
}
