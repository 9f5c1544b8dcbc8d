import {
  fold,
  isPattern,
  isTensor,
  type AnyTensor,
  type Context,
  type GraphNode,
  type LayerInput,
  type Net,
  type Objective,
  type TreeRecord,
} from '@pullback/core'
import type { Inputs } from '../metrics/metric.ts'

/** Tensors with what to call them in a sentence, in the order in which they are computed. */
export type Named = readonly (readonly [name: string, tensor: AnyTensor])[]

const part = (record: TreeRecord | undefined, name: string): TreeRecord => {
  const found = record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined
  return found === undefined || isTensor(found) ? {} : found
}

const only = (inputs: Inputs, names: object): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([name]) => Object.hasOwn(names, name)))

const wire = (from: GraphNode['from'], values: ReadonlyMap<string, AnyTensor>): LayerInput => {
  const read = (name: string): AnyTensor => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`node '${name}' is read before it is computed`)
    return value
  }
  if (typeof from === 'string') return read(from)
  return Object.fromEntries(Object.entries(from).map(([input, source]) => [input, read(source)]))
}

interface Walked {
  readonly output: AnyTensor
  readonly state: TreeRecord
  readonly named: Named
}

/** Forward through a net node by node, as the net itself does, with the output of every node on the way. */
function walk(net: Net, params: TreeRecord, input: LayerInput, context: Context): Walked {
  const { path = '', key, state = net.initialState } = context
  if (net.graph === undefined) {
    const { output, state: after } = net.forward(params, input, context)
    return { output, state: after, named: [[`the output of ${path === '' ? net.rule.title : path}`, output]] }
  }
  const values = new Map<string, AnyTensor>(isTensor(input) ? [['input', input]] : Object.entries(input))
  const states: Record<string, TreeRecord> = {}
  const named: (readonly [string, AnyTensor])[] = []
  let last: AnyTensor | undefined
  for (const { name, layer, from, shares } of net.graph.nodes) {
    const owner = shares ?? name
    const walked = walk(layer, part(params, owner), wire(from, values), {
      ...context,
      path: path === '' ? name : `${path}.${name}`,
      state: states[owner] ?? { ...layer.initialState, ...part(state, owner) },
      ...(key && { key: fold(key, name) }),
    })
    values.set(name, walked.output)
    states[owner] = walked.state
    named.push(...walked.named)
    last = walked.output
  }
  if (last === undefined) throw new Error('a net without nodes has no output')
  return { output: last, state: states, named }
}

/** The output of every layer of the net of an objective, in the order in which they are computed. */
export function activations(
  objective: Objective,
  params: TreeRecord,
  inputs: Inputs,
  context: Context,
): Named {
  const { net } = objective
  const { takes } = net.rule
  const input = isPattern(takes) ? inputs['input'] : only(inputs, takes)
  if (input === undefined) return []
  return walk(net, params, input, { ...context, state: part(context.state, 'net') }).named
}
