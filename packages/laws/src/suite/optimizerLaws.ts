import {
  add,
  evaluate,
  fromValues,
  leaves,
  mapTree,
  mul,
  toArray,
  zipTrees,
  type TreeRecord,
} from '@pullback/core'
import * as fc from 'fast-check'
import { differentBits } from '../law/bits.ts'

/** An optimizer, whoever wrote it: how gradients become updates, which are added to the parameters. */
export interface OptimizerLike {
  readonly init: (params: TreeRecord) => TreeRecord
  readonly update: (
    gradients: TreeRecord,
    state: TreeRecord,
    params: TreeRecord,
  ) => { readonly updates: TreeRecord; readonly state: TreeRecord }
}

/** The convex quadratic 1/2 sum c_i x_i^2, with the gradient c x, and where to begin. */
export interface Quadratic {
  readonly curvature: readonly number[]
  readonly start: readonly number[]
}

/** A law of optimizers as a property of fast-check. */
export interface OptimizerLaw {
  readonly name: 'structure' | 'purity' | 'state' | 'descent'
  readonly property: fc.IProperty<[Quadratic]>
}

const steps = 60

/** Quadratics of curvature up to 1, beginning at least half off their minimum, in some of one to five directions. */
export const quadraticArbitrary: fc.Arbitrary<Quadratic> = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 64 }).map((n) => n / 64),
      fc.integer({ min: 32, max: 256 }).map((n) => n / 64),
      fc.boolean(),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((axes) => ({
    curvature: axes.map(([c]) => c),
    start: axes.map(([, x, negative]) => (negative ? -x : x)),
  }))

const treeOf = (values: readonly number[]): TreeRecord => ({
  first: fromValues(values.slice(0, 1), [1], 'float64'),
  rest: { more: fromValues(values.slice(1), [values.length - 1], 'float64') },
})

/** The same numbers in tensors of their own. */
const copyOf = (tree: TreeRecord): TreeRecord =>
  mapTree(evaluate(tree), (x) => fromValues(toArray(x), [...x.shape], x.dtype))

interface Step {
  readonly params: TreeRecord
  readonly state: TreeRecord
}

function step(optimizer: OptimizerLike, { curvature }: Quadratic, { params, state }: Step): Step {
  const gradients = evaluate(zipTrees(treeOf(curvature), params, mul))
  const updated = optimizer.update(gradients, state, params)
  return evaluate<TreeRecord>({
    params: zipTrees(params, updated.updates, add),
    state: updated.state,
  }) as unknown as Step
}

function* descent(
  optimizer: OptimizerLike,
  quadratic: Quadratic,
  between: (step: Step) => Step,
): Generator<Step> {
  const params = treeOf(quadratic.start)
  let at: Step = { params, state: evaluate(optimizer.init(params)) }
  for (let count = 0; count < steps; count++) {
    yield at
    at = step(optimizer, quadratic, between(at))
  }
  yield at
}

const asIs = (at: Step): Step => at

const copied = ({ params, state }: Step): Step => ({ params: copyOf(params), state: copyOf(state) })

const last = (optimizer: OptimizerLike, quadratic: Quadratic, between = asIs): Step =>
  [...descent(optimizer, quadratic, between)].at(-1) ?? { params: {}, state: {} }

function expectSame(sentence: string, a: Step, b: Step): void {
  const different = differentBits('', { ...a }, { ...b })
  if (different === undefined) return
  const { place, left, right } = different
  throw new Error(`${sentence}: ${place.tensor}[${place.index.join(', ')}] is ${right}, not ${left}`)
}

const valueAt = ({ curvature }: Quadratic, { params }: Step): number =>
  leaves(params)
    .flatMap(([, x]) => Array.from(toArray(x)))
    .reduce((sum, x, index) => sum + 0.5 * (curvature[index] ?? 0) * x * x, 0)

const forms = (tree: TreeRecord): string =>
  leaves(tree)
    .map(([path, { dtype, shape }]) => `${path} ${dtype} [${shape.join(', ')}]`)
    .join('; ')

/**
 * What every optimizer obeys: updates have the form of the parameters and states that of the first state; it is a pure
 * function of what it is given, whatever it was used for in between; its state is data, so that a copy of it does as well;
 * and it makes a convex quadratic of curvature at most 1 smaller.
 *
 * @param optimizer an optimizer with a rate that suits such a quadratic
 * @example
 * const descent = {
 *   init: () => ({}),
 *   update: (gradients: TreeRecord) => ({ updates: mapTree(gradients, (g) => mul(g, -0.1)), state: {} }),
 * }
 * optimizerLaws(descent).map(({ name }) => name) // => ['structure', 'purity', 'state', 'descent']
 */
export function optimizerLaws(optimizer: OptimizerLike): readonly OptimizerLaw[] {
  const law = (name: OptimizerLaw['name'], check: (quadratic: Quadratic) => void): OptimizerLaw => ({
    name,
    property: fc.property(quadraticArbitrary, check),
  })
  return [
    law('structure', (quadratic) => {
      const params = treeOf(quadratic.start)
      const state = optimizer.init(params)
      const updated = optimizer.update(params, state, params)
      if (forms(updated.updates) !== forms(params))
        throw new Error(`the updates are ${forms(updated.updates)}, the parameters ${forms(params)}`)
      if (forms(updated.state) !== forms(state))
        throw new Error(`the state after a step is ${forms(updated.state)}, before it ${forms(state)}`)
    }),
    law('purity', (quadratic) => {
      const other = { curvature: [0.5, 1], start: [3, -2] }
      const disturbed = (at: Step): Step => {
        const params = treeOf(other.start)
        step(optimizer, other, { params, state: evaluate(optimizer.init(params)) })
        return at
      }
      const alone = last(optimizer, quadratic)
      expectSame('the same steps lead elsewhere the second time', alone, last(optimizer, quadratic))
      expectSame(
        'the steps lead elsewhere when the optimizer is used for something else in between',
        alone,
        last(optimizer, quadratic, disturbed),
      )
    }),
    law('state', (quadratic) => {
      expectSame(
        'the steps lead elsewhere from copies of state and parameters',
        last(optimizer, quadratic),
        last(optimizer, quadratic, copied),
      )
    }),
    law('descent', (quadratic) => {
      const [first] = descent(optimizer, quadratic, asIs)
      const before = first === undefined ? NaN : valueAt(quadratic, first)
      const after = valueAt(quadratic, last(optimizer, quadratic))
      if (!(after < before))
        throw new Error(`${steps} steps on a convex quadratic lead from ${before} to ${after}`)
    }),
  ]
}
