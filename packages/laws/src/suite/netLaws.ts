import {
  coreKinds,
  declaredParameters,
  elementCount,
  evaluate,
  fold,
  fromSpec,
  isTensor,
  leaves,
  registry,
  summary,
  toSpec,
  type AnyTensor,
  type Net,
  type Registry,
  type Tree,
  type TreeRecord,
} from '@pullback/core'
import * as fc from 'fast-check'
import type { Configured } from '../arbitrary/configuration.ts'
import { sampleArbitrary } from '../arbitrary/sampleArbitrary.ts'
import { differentBits } from '../law/bits.ts'
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

/** The net read back from its spec is the same data and gives the same bits. */
function checkSpec(kinds: Registry, sample: Sample): void {
  const { layer, params, input, context, dOutput } = sample
  const spec = toSpec(layer)
  const read = fromSpec(kinds)(JSON.parse(JSON.stringify(spec)))
  if (read._tag === 'Left') throw new Error(`the net is not read back from its spec: ${read.left.message}`)
  if (JSON.stringify(toSpec(read.right)) !== JSON.stringify(spec))
    throw new Error('the net read back from its spec has another spec')
  const results = (net: Net): Tree => {
    const { output, cache } = net.forward(params, input, context)
    const { dParams, dInput } = net.backward(params, cache, dOutput)
    return { output, params: dParams, input: (dInput as Tree | undefined) ?? {} }
  }
  const found = evaluate({ net: results(layer), again: results(read.right) })
  const different = differentBits('', found.net, found.again)
  if (different !== undefined)
    throw new Error(
      `the net gives ${different.left} at ${different.place.tensor}, read back from its spec ${different.right}`,
    )
}

/** The totals of a summary are those of its rows and of the parameters. */
function checkSummary({ layer, params }: Sample): void {
  const { total, rows } = summary(layer)
  if (total.parameters !== counted(params))
    throw new Error(`the summary counts ${total.parameters} parameters, the net has ${counted(params)}`)
  const nodes = rows.filter(({ depth, role }) => depth === 0 && role !== 'input')
  const sum = nodes.reduce((whole, row) => whole + row.parameters, 0)
  if (sum !== total.parameters)
    throw new Error(`the rows of the summary count ${sum} parameters, its total ${total.parameters}`)
}

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

/** Which laws a net is held to, and how. */
export interface NetLawOptions extends LawOptions {
  /** The kinds of the layers that its spec names, `registry(...coreKinds)` unless given. */
  readonly kinds?: Registry
}

/**
 * The laws of a composed net: those of every layer, and beside them
 *
 * - `nodes`: it is what its nodes are, one after the other, to the bit, and has the parameters that it declares
 * - `spec`: read back from its spec it is the same, to the bit
 * - `summary`: its summary counts the parameters that it has
 *
 * @param net a net, or an arbitrary of nets
 * @param options as for `layerLaws`, and the kinds of layers that are read from specs
 * @example
 * import * as fc from 'fast-check'
 * const net = sequential(['N', 2], ['fc', affine(2, 3)], ['act', relu()])
 * for (const { property } of netLaws(net)) fc.assert(property, { numRuns: 5 })
 */
export function netLaws(
  net: Net | fc.Arbitrary<Configured>,
  options: NetLawOptions = {},
): readonly CompositeLaw[] {
  const { kinds = registry(...coreKinds) } = options
  const nets = 'generate' in net ? net : fc.constant<Configured>(net)
  const samples = sampleArbitrary(nets)
  return [
    ...layerLaws(net, options),
    { name: 'nodes', property: fc.property(samples, checkNodes) },
    { name: 'spec', property: fc.property(samples, (sample) => checkSpec(kinds, sample)) },
    { name: 'summary', property: fc.property(samples, checkSummary) },
  ]
}
