import {
  add,
  addition,
  evaluate,
  fold,
  graphFrom,
  identity,
  isFloat,
  isTensor,
  layer,
  mul,
  sameShape,
  shared,
  zipTrees,
  type Entry,
  type LayerInput,
  type Net,
  type Tree,
  type TreeRecord,
} from '@pullback/core'
import { bindingsOf, sampleExpressions, shapesOf } from '../expression/evaluateSample.ts'
import { applyLayer, type Expressions } from '../expression/expressions.ts'
import type { Sample } from '../sample/sample.ts'
import { differentBits } from './bits.ts'
import type { Law } from './law.ts'
import { holds, violated } from './outcomes.ts'

/** Three times its input: a layer whose backward tells whether it was given what it should be. */
const triple: Net = layer({
  kind: 'triple',
  shape: sameShape('triple'),
  params: {},
  forward: (_, x) => ({ output: mul(x, 3), cache: {} }),
  backward: (_, __, dOutput) => ({ dParams: {}, dInput: mul(dOutput, 3) }),
})

/** A layer in a net, beside what that should give in terms of the layer alone. */
interface Composite {
  readonly sentence: string
  readonly net: Tree
  readonly expected: Tree
}

const results = (output: Tree, dParams: Tree, dInput: Tree | undefined): Tree => ({
  output,
  params: dParams,
  input: dInput ?? {},
})

const under = (name: string, record: TreeRecord): TreeRecord =>
  Object.keys(record).length === 0 ? {} : { [name]: record }

/** What a node reads that is given all inputs of the net. */
const everyInput = (input: LayerInput): string | Readonly<Record<string, string>> =>
  isTensor(input) ? 'input' : Object.fromEntries(Object.keys(input).map((name) => [name, name]))

const sum = <T extends Tree>(a: T, b: T): T => zipTrees(a, b, (x, y) => add(x, y))

/** The net of these nodes, on the inputs of the layer; its nodes draw from keys folded by their names. */
function composed(
  sample: Sample,
  given: Expressions,
  name: string,
  params: TreeRecord,
  entries: readonly Entry[],
): Tree {
  const { context, input, dOutput } = given
  const built = graphFrom(shapesOf(sample.input), entries)
  if (built._tag === 'Left') throw new TypeError(`composition: ${built.left}`)
  const state = context.state ?? sample.layer.initialState
  const inNet = { params, input, context: { ...context, state: under(name, state) } }
  const found = applyLayer(built.right, inNet, () => dOutput)
  return results(found.output, found.dParams, found.dInput)
}

/** The layer alone, with the key that it has as a node of these names. */
function alone(
  sample: Sample,
  given: Expressions,
  names: readonly string[],
  state?: TreeRecord,
): Expressions {
  const { params, input, context, dOutput } = given
  const key = context.key && names.reduce((folded, name) => fold(folded, name), context.key)
  return applyLayer(
    sample.layer,
    { params, input, context: { ...context, ...(key && { key }), ...(state && { state }) } },
    () => dOutput,
  )
}

const nested = (sample: Sample, entries: readonly Entry[]): Net => {
  const built = graphFrom(shapesOf(sample.input), entries)
  if (built._tag === 'Left') throw new TypeError(`composition: ${built.left}`)
  return built.right
}

/** Each law of composition, built when it is asked for. */
const composites: readonly ((sample: Sample, given: Expressions) => Composite)[] = [
  (sample, given) => {
    const own = alone(sample, given, ['f'])
    return {
      sentence: 'a net of the layer and the identity is not the layer',
      net: composed(sample, given, 'f', under('f', given.params), [
        ['f', sample.layer, everyInput(given.input)],
        ['id', identity()],
      ]),
      expected: results(own.output, under('f', own.dParams), own.dInput),
    }
  },
  (sample, given) => {
    const own = alone(sample, given, ['f'])
    const { dParams, dInput } = sample.layer.backward(given.params, own.cache, mul(given.dOutput, 3))
    return {
      sentence: 'backward of the layer and another is not the composite of both backwards',
      net: composed(sample, given, 'f', under('f', given.params), [
        ['f', sample.layer, everyInput(given.input)],
        ['g', triple],
      ]),
      expected: results(mul(own.output, 3), under('f', dParams), dInput),
    }
  },
  (sample, given) => {
    const own = alone(sample, given, ['inner', 'f'])
    const { dParams, dInput } = sample.layer.backward(given.params, own.cache, mul(given.dOutput, 3))
    const state = given.context.state ?? sample.layer.initialState
    return {
      sentence: 'a net in a net is not the net of all its nodes',
      net: composed(
        sample,
        { ...given, context: { ...given.context, state: under('f', state) } },
        'inner',
        under('inner', under('f', given.params)),
        [
          [
            'inner',
            nested(sample, [
              ['f', sample.layer, everyInput(given.input)],
              ['id', identity()],
            ]),
            everyInput(given.input),
          ],
          ['g', triple],
        ],
      ),
      expected: results(mul(own.output, 3), under('inner', under('f', dParams)), dInput),
    }
  },
  (sample, given) => {
    const first = alone(sample, given, ['f'])
    const second = alone(sample, given, ['again'], first.state)
    return {
      sentence: 'a layer used twice has not the sum of the gradients of both uses',
      net: composed(sample, given, 'f', under('f', given.params), [
        ['f', sample.layer, everyInput(given.input)],
        ['again', shared('f'), everyInput(given.input)],
        ['sum', addition('a', 'b'), { a: 'f', b: 'again' }],
      ]),
      expected: results(
        add(first.output, second.output),
        under('f', sum(second.dParams, first.dParams)),
        second.dInput && first.dInput && sum(second.dInput as Tree, first.dInput as Tree),
      ),
    }
  },
]

const known = new WeakMap<Expressions, Map<number, Composite>>()

function compositeOf(sample: Sample): Composite | undefined {
  const given = sampleExpressions(sample)
  const built = known.get(given) ?? new Map<number, Composite>()
  known.set(given, built)
  const choice = sample.seed % composites.length
  const found = built.get(choice) ?? composites[choice]?.(sample, given)
  if (found !== undefined) built.set(choice, found)
  return found
}

/**
 * Composing with others does not change a layer, to the bit: the identity is neutral, nets nest, backward of a composite
 * is the composite of the backwards, and a layer used twice has the sum of both gradients.
 */
export const compositionLaw: Law = {
  name: 'composition',
  check(sample) {
    if (!isFloat(sample.dOutput.dtype)) return holds
    const composite = compositeOf(sample)
    if (composite === undefined) return holds
    const { sentence, net, expected } = composite
    const found = evaluate({ net, expected }, bindingsOf(sample))
    const different = differentBits('', found.net, found.expected)
    if (different === undefined) return holds
    const { place, left, right } = different
    return violated('composition', sample, sentence, { place, analytic: left, expected: right, bound: 0 })
  },
}
