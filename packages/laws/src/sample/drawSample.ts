import {
  elementCount,
  evaluate,
  fromValues,
  isFloat,
  isPattern,
  isTensor,
  leaves,
  mapTree,
  seed as keyOf,
  shapeOf,
  type AnyTensor,
  type LayerInput,
  type Mode,
  type Pattern,
  type Tensor,
  type Tree,
  type TreeRecord,
} from '@pullback/core'
import { configurationOf, type Configured } from '../arbitrary/configuration.ts'
import { constantsOf } from '../expression/constants.ts'
import { expressionsOf, type Expressions, type Form } from '../expression/expressions.ts'
import { labelRange } from '../expression/labelRange.ts'
import { drawCotangent, type Cotangent } from './cotangent.ts'
import { insideDomain } from './domain.ts'
import { drawExtreme, extremes, type Extreme } from './extreme.ts'
import { drawLabels } from './labels.ts'
import { randomFrom, type Random } from './random.ts'
import { drawValues, regimes, type Regime } from './regime.ts'
import type { Sample } from './sample.ts'
import { sizesFor, type SizeChoice } from './sizes.ts'
import { steered } from './steer.ts'

/** What a sample is a function of. Numbers shrink towards 0, names towards the first of their kind. */
export interface Recipe {
  readonly configuration: Configured
  readonly sizes: SizeChoice
  readonly seed: number
  readonly input: Regime | Extreme
  readonly params: Regime | Extreme | 'initial'
  readonly dOutput: Cotangent
  readonly mode: Mode
  /** Which branch of the layer's expressions to steer to, and where; 0 for none. */
  readonly steer: number
}

/** What is known of a layer before any value is drawn; a layer that throws is known by its rule alone. */
interface Known {
  readonly expressions: Expressions | undefined
  readonly constants: readonly number[]
  readonly roots: readonly AnyTensor[]
}

const known = new WeakMap<Expressions, Known>()

function knowledge(layer: Sample['layer'], form: Form): Known {
  try {
    const expressions = expressionsOf(layer, form)
    const found = known.get(expressions)
    if (found !== undefined) return found
    const { output, dParams, dInput = {} } = expressions
    const roots = leaves({ output, dParams, dInput }).map(([, tensor]) => tensor)
    const fresh = { expressions, constants: constantsOf(roots), roots }
    known.set(expressions, fresh)
    return fresh
  } catch {
    // The laws say what it throws; here it only means that nothing is known.
    return { expressions: undefined, constants: [0], roots: [] }
  }
}

const labelsLike = (tensor: AnyTensor, random: Random, { roots }: Known): AnyTensor => {
  const labels = drawLabels(labelRange(tensor, roots), elementCount(tensor.shape), random)
  return fromValues(labels, [...tensor.shape], 'int32')
}

const isExtreme = (regime: Regime | Extreme | 'initial'): regime is Extreme =>
  (extremes as readonly string[]).includes(regime)

const floatsLike = (
  tensor: AnyTensor,
  regime: Regime | Extreme,
  random: Random,
  { constants }: Known,
): AnyTensor => {
  const { shape } = tensor
  const values = isExtreme(regime)
    ? drawExtreme(regime, shape, random)
    : drawValues(regime, elementCount(shape), random, constants)
  return fromValues(values, [...shape], 'float64')
}

/** The regime of one of several tensors: that of the first, or now and then another. */
function regimeOf(regime: Regime | Extreme, index: number, random: Random): Regime | Extreme {
  if (index === 0 || random.below(2) === 0) return regime
  const all = isExtreme(regime) ? extremes : regimes
  return all[random.below(all.length)] ?? regime
}

function drawTree<T extends Tree>(
  tree: T,
  regime: Regime | Extreme,
  seed: number,
  name: string,
  known: Known,
): T {
  let index = 0
  return mapTree(tree, (tensor, path) => {
    const random = randomFrom(seed, `${name}.${path}`)
    const own = regimeOf(regime, index, random)
    index += 1
    return isFloat(tensor.dtype) ? floatsLike(tensor, own, random, known) : labelsLike(tensor, random, known)
  })
}

/** Parameters as the layer draws them, moved a little: the zeros and ones that layers begin with hide mistakes. */
function drawParams(recipe: Recipe, layer: Sample['layer'], known: Known): TreeRecord {
  if (Object.keys(layer.parameters).length === 0) return {}
  const initial = () => layer.init(keyOf(recipe.seed), { dtype: 'float64' })
  // Where no value of theirs is looked at, drawing them is not worth its time.
  if (recipe.params !== 'initial')
    return drawTree(known.expressions?.params ?? initial(), recipe.params, recipe.seed, 'params', known)
  return mapTree(initial(), (tensor, path) => {
    const random = randomFrom(recipe.seed, `params.${path}`)
    const values = new Float64Array(elementCount(tensor.shape))
    const { expression } = tensor
    if (expression.op === 'constant') expression.values.copyTo(values)
    return fromValues(
      values.map((value) => value + 0.25 * random.normal()),
      [...tensor.shape],
      'float64',
    )
  })
}

const placeholder = (pattern: Pattern): AnyTensor => {
  const sizes = shapeOf(pattern).map(Number)
  return fromValues(
    new Float64Array(elementCount(sizes)),
    sizes,
    Array.isArray(pattern) ? 'float64' : 'int32',
  )
}

const placeholders = (shapes: Form['shapes']): LayerInput =>
  isPattern(shapes)
    ? placeholder(shapes)
    : Object.fromEntries(Object.entries(shapes).map(([name, pattern]) => [name, placeholder(pattern)]))

function outputShape(
  layer: Sample['layer'],
  shapes: Form['shapes'],
  { expressions }: Known,
): readonly number[] {
  if (expressions !== undefined) return expressions.output.shape
  const gives = layer.rule.apply(shapes)
  return gives._tag === 'Right'
    ? shapeOf(gives.right).map((size) => (typeof size === 'number' ? size : 1))
    : []
}

/** State as it is before the first step, moved a little upwards: running variances stay positive. */
const drawState = (initial: TreeRecord, seed: number): TreeRecord =>
  mapTree(evaluate(initial), (tensor, path) => {
    if (!isFloat(tensor.dtype)) return tensor
    const random = randomFrom(seed, `state.${path}`)
    const values = new Float64Array(elementCount(tensor.shape))
    const { expression } = tensor
    if (expression.op === 'constant') expression.values.copyTo(values)
    return fromValues(
      values.map((value) => value + random.uniform()),
      [...tensor.shape],
      'float64',
    )
  })

/** The sample of a recipe: the same recipe gives the same bits. */
export function drawSample(recipe: Recipe): Sample {
  const {
    layer,
    takes = layer.rule.takes,
    mode = recipe.mode,
    ...made
  } = configurationOf(recipe.configuration)
  const shapes = sizesFor(layer.rule, takes, recipe.sizes)
  const { seed } = recipe
  const form: Form = { shapes, mode, dtype: 'float64' }
  const known = knowledge(layer, form)
  const drawnInput = drawTree(
    known.expressions?.input ?? placeholders(shapes),
    recipe.input,
    seed,
    'input',
    known,
  )
  const drawnParams = drawParams(recipe, layer, known)
  const shape = outputShape(layer, shapes, known)
  const context = {
    key: keyOf(seed),
    mode,
    ...(Object.keys(layer.initialState).length > 0 && { state: drawState(layer.initialState, seed) }),
  }
  const dOutput: Tensor = fromValues(
    drawCotangent(recipe.dOutput, elementCount(shape), randomFrom(seed, 'dOutput')),
    [...shape],
    'float64',
  )
  const drawn: Sample = { layer, params: drawnParams, input: drawnInput, dOutput, context, seed }
  const aimed = recipe.steer === 0 ? drawn : steered(drawn, recipe.steer)
  return made.input === undefined && made.params === undefined
    ? isExtreme(recipe.input)
      ? aimed
      : insideDomain(aimed)
    : {
        ...aimed,
        input: asInput(evaluate<Tree>(made.input?.(aimed.input) ?? aimed.input)),
        params: evaluate(made.params?.(aimed.params) ?? aimed.params),
      }
}

const asInput = (tree: Tree): LayerInput =>
  isTensor(tree) ? tree : (tree as Readonly<Record<string, AnyTensor>>)
