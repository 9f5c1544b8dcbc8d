import {
  backendOf,
  cast,
  evaluate,
  isFloat,
  transformTree,
  type BackendChoice,
  type Context,
  type InputOf,
  type Layer,
  type LayerInput,
  type Net,
  type ShapeFunction,
  type Tree,
  type TreeRecord,
} from '@pullback/core'
import { compare, numericAt, type Comparison } from './compare.ts'
import { confirm, roundingAt } from './confirm.ts'
import { drawn } from './draw.ts'
import { oneHotVector, type Vector } from './kernels/vectors.ts'
import { gradientsAt, linesThrough, projectedDerivatives } from './lines.ts'
import { indexIn } from './place.ts'
import { pointOf, type Point } from './point.ts'

/** Whether a gradient is right, wrong, or in parts neither shown to be. */
export type GradientVerdict = 'right' | 'wrong' | 'unresolved'

/** One entry of a gradient beside the certified derivative. */
export interface CheckedEntry {
  readonly index: readonly number[]
  readonly analytic: number
  readonly numeric: number
  /** How far apart the two may be. */
  readonly bound: number
}

/** The check of the gradient by one parameter or input. */
export interface CheckedTensor {
  /** `params.fc1.W`, `input`, `input.logits` */
  readonly tensor: string
  readonly verdict: GradientVerdict
  /** How many entries were compared. */
  readonly entries: number
  readonly wrong: number
  readonly unresolved: number
  /** Of the entries that are wrong, else of those that are right, the one furthest off in proportion to its bound. */
  readonly worst?: CheckedEntry
}

/** The check of all gradients at one point. */
export interface GradientCheck {
  readonly verdict: GradientVerdict
  readonly tensors: readonly CheckedTensor[]
  readonly entries: number
  readonly unresolved: number
}

/** What of a gradient is checked. */
export interface GradientCheckOptions {
  /** How many entries of every tensor, drawn from the seed; all of them unless given. */
  readonly entries?: number
  /** What cotangents and entries are drawn from, 0 unless given. */
  readonly seed?: number
  readonly context?: Context
  /** What evaluates the layer at displaced entries: `'auto'`, the fastest backend that is there, unless given. */
  readonly backend?: BackendChoice
}

/** So many numbers may the displaced copies of all tensors together have. */
const room = 2 ** 20

/** Entries undecided beyond this share leave a tensor undecided. */
const tolerated = 0.05

const asFloat64 = <T extends Tree>(tree: T): T =>
  evaluate(
    transformTree(tree, (tensor) => (isFloat(tensor.dtype) ? cast(tensor, 'float64') : tensor)) as Tree as T,
  )

/**
 * Whether the gradients of a layer, net or objective are right at one point, entry by entry, in float64.
 *
 * Every entry of every parameter and float input is compared with the derivative of `<output, dOutput>` by certified
 * finite differences: for a scalar output dOutput is 1, else drawn from the seed. There is no tolerance to choose; what
 * the differences cannot decide counts as unresolved. A backend computes the displaced outputs; what looks wrong by it is
 * wrong only if the reference says so as well.
 *
 * @param params of the form that `layer.init` gives
 * @param input what the layer is given
 * @example
 * const net = affine(2, 3)
 * const check = checkGradient(net, net.init(seed(0)), tensor([[1, 2], [3, 4]]))
 * check.verdict // => 'right'
 * check.tensors.map(({ tensor, entries }) => [tensor, entries]) // => [['params.W', 6], ['params.b', 3], ['input', 4]]
 */
export function checkGradient<F extends ShapeFunction, P extends TreeRecord>(
  layer: Layer<F, P>,
  params: P,
  input: InputOf<F['Takes']>,
  options: GradientCheckOptions = {},
): GradientCheck {
  const { seed = 0, context = {}, backend = 'auto' } = options
  const erased: Net = layer
  const point = pointOf(
    {
      layer: erased,
      params: asFloat64<TreeRecord>(params),
      input: asFloat64<LayerInput>(input),
      context,
    },
    backendOf(backend),
  )
  const { at } = point
  const w = point.outputShape.length === 0 ? Float64Array.of(1) : drawn(seed, 500, point.width)
  const chosen = chosenEntries(point, options.entries, seed)
  const comparisons = compareEntries(
    point,
    at,
    w,
    chosen.flatMap(({ entries }) => entries),
  )
  let before = 0
  const tensors = chosen.map(({ name, shape, start, entries }) => {
    const own = comparisons.slice(before, before + entries.length)
    before += entries.length
    return summary(
      name,
      own.map((comparison, index) => ({ comparison, index: indexIn((entries[index] ?? 0) - start, shape) })),
    )
  })
  return {
    verdict: joined(tensors.map(({ verdict }) => verdict)),
    tensors,
    entries: tensors.reduce((sum, { entries }) => sum + entries, 0),
    unresolved: tensors.reduce((sum, { unresolved }) => sum + unresolved, 0),
  }
}

const joined = (verdicts: readonly GradientVerdict[]): GradientVerdict =>
  verdicts.includes('wrong') ? 'wrong' : verdicts.includes('unresolved') ? 'unresolved' : 'right'

/** Which entries of every leaf are checked, counted through all leaves. */
function chosenEntries({ variables, at }: Point, most: number | undefined, seed: number) {
  let before = 0
  return variables.map(({ name, shape }, leaf) => {
    const start = before
    before += at[leaf]?.length ?? 0
    const all = Array.from({ length: before - start }, (_, entry) => start + entry)
    if (most === undefined || most >= all.length) return { name, shape, start, entries: all }
    const order = drawn(seed, 600 + leaf, all.length)
    const entries = all.toSorted((a, b) => (order[a - start] ?? 0) - (order[b - start] ?? 0)).slice(0, most)
    return { name, shape, start, entries: entries.toSorted((a, b) => a - b) }
  })
}

function compareEntries(
  point: Point,
  at: Vector,
  w: Float64Array,
  entries: readonly number[],
): readonly Comparison[] {
  if (point.width === 0 || entries.length === 0)
    return entries.map(() => ({ verdict: 'agree', analytic: 0, numeric: 0, bound: 0, gap: 0 }))
  const [gradient = []] = gradientsAt(point, at, [w])
  const total = at.reduce((sum, { length }) => sum + length, 0)
  const together = Math.max(1, Math.floor(room / (25 * total)))
  const comparisons: Comparison[] = []
  let rounding: Vector | undefined
  for (let from = 0; from < entries.length; from += together) {
    const directions = entries.slice(from, from + together).map((entry) => oneHotVector(at, entry))
    for (const { direction, samples } of linesThrough(point, at, directions)) {
      const numeric = numericAt(projectedDerivatives(point, { direction, samples }, [w]), 0)
      const comparison = compare(point, gradient, direction, w, numeric)
      rounding = comparison.verdict === 'disagree' ? (rounding ?? roundingAt(point, at, w)) : rounding
      comparisons.push(
        comparison.verdict === 'disagree' ? confirm(point, at, direction, w, rounding) : comparison,
      )
    }
  }
  return comparisons
}

interface At {
  readonly comparison: Comparison
  readonly index: readonly number[]
}

const offBy = ({ comparison: { analytic, numeric, bound } }: At): number => {
  const ratio = Math.abs(analytic - numeric) / bound
  return Number.isNaN(ratio) ? (bound === 0 ? 0 : Infinity) : ratio
}

function summary(tensor: string, all: readonly At[]): CheckedTensor {
  const count = (verdict: Comparison['verdict']) =>
    all.filter(({ comparison }) => comparison.verdict === verdict).length
  const wrong = count('disagree')
  const unresolved = count('unresolved')
  // What is wrong before what is right, and what could not be decided only where nothing was.
  const telling = (['disagree', 'agree', 'unresolved'] as const).find((verdict) => count(verdict) > 0)
  const [first, ...rest] = all.filter(({ comparison }) => comparison.verdict === telling)
  const worst = rest.reduce<At | undefined>(
    (most, each) => (most === undefined || offBy(each) > offBy(most) ? each : most),
    first,
  )
  return {
    tensor,
    verdict: wrong > 0 ? 'wrong' : unresolved > tolerated * all.length ? 'unresolved' : 'right',
    entries: all.length,
    wrong,
    unresolved,
    ...(worst !== undefined && {
      worst: {
        index: worst.index,
        analytic: worst.comparison.analytic,
        numeric: worst.comparison.numeric,
        bound: worst.comparison.bound,
      },
    }),
  }
}
