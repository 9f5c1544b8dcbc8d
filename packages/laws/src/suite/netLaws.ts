import {
  declaredParameters,
  elementCount,
  evaluate,
  fold,
  isTensor,
  leaves,
  type AnyTensor,
  type Net,
  type Tree,
  type TreeRecord,
} from '@pullback/core'
import * as fc from 'fast-check'
import type { Configured } from '../arbitrary/configuration.ts'
import { sampleArbitrary } from '../arbitrary/sampleArbitrary.ts'
import { differentBits } from '../law/bits.ts'
import { configurationOf } from '../arbitrary/configuration.ts'
import type { Sample } from '../sample/sample.ts'
import { layerLaws, type LawOptions } from './layerLaws.ts'
import type { CompositeLaw } from './objectiveLaws.ts'

const part = (tree: TreeRecord | undefined, name: string): TreeRecord => {
  const found = tree?.[name]
  return found === undefined || isTensor(found) ? {} : found
}

/** The output of a net, its nodes run one after the other by hand. */
function byNodes({ layer, params, input, context }: Sample): AnyTensor | undefined {
  const values = new Map<string, AnyTensor>(isTensor(input) ? [['input', input]] : Object.entries(input))
  const states = new Map<string, TreeRecord>()
  let output: AnyTensor | undefined
  for (const { name, layer: node, from, shares } of layer.graph?.nodes ?? []) {
    const owner = shares ?? name
    const read = (source: string): AnyTensor => {
      const found = values.get(source)
      if (found === undefined) throw new Error(`'${name}' reads '${source}', which is no earlier node`)
      return found
    }
    const given =
      typeof from === 'string'
        ? read(from)
        : Object.fromEntries(Object.entries(from).map(([key, source]) => [key, read(source)]))
    const result = node.forward(part(params, owner), given, {
      ...context,
      state: states.get(owner) ?? { ...node.initialState, ...part(context.state, owner) },
      ...(context.key && { key: fold(context.key, name) }),
    })
    states.set(owner, result.state)
    values.set(name, result.output)
    output = result.output
  }
  return output
}

const counted = (tree: Tree): number =>
  leaves(tree).reduce((count, [, { shape }]) => count + elementCount(shape), 0)

function checkNodes(sample: Sample): void {
  const { layer, params, input, context } = sample
  const declared = declaredParameters(layer.parameters)
  const total = declared.reduce((count, [, { shape }]) => count + elementCount(shape), 0)
  if (total !== counted(params))
    throw new Error(`the net declares ${total} parameters but has ${counted(params)}`)
  const missing = declared.find(([path]) => !leaves(params).some(([found]) => found === path))
  if (missing !== undefined) throw new Error(`the net declares a parameter ${missing[0]}, which it has not`)
  const expected = byNodes(sample)
  if (expected === undefined) return
  const { output } = layer.forward(params, input, context)
  const found = evaluate({ net: output, nodes: expected })
  const different = differentBits('', found.net, found.nodes)
  if (different !== undefined)
    throw new Error(
      `the net gives ${different.left} at output[${different.place.index.join(', ')}], its nodes one after the other ${different.right}`,
    )
}

/**
 * The laws of a composed net: those of every layer, and beside them `nodes`: it is what its nodes are, one after the
 * other, to the bit, and has the parameters that it declares.
 *
 * @param net a net, or an arbitrary of nets
 * @param options as for `layerLaws`
 * @example
 * const net = sequential(['N', 2], ['fc', affine(2, 3)], ['act', relu()])
 * for (const { property } of netLaws(net)) fc.assert(property, { numRuns: 5 })
 */
export function netLaws(
  net: Net | fc.Arbitrary<Configured>,
  options: LawOptions = {},
): readonly CompositeLaw[] {
  const nets = 'generate' in net ? net : fc.constant<Configured>(net)
  const samples = sampleArbitrary(nets.map((one) => configurationOf(one)))
  return [...layerLaws(net, options), { name: 'nodes', property: fc.property(samples, checkNodes) }]
}
