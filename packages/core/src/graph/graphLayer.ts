import { checkInput, checkOutputGradient, defect } from '../layer/check.ts'
import type { Context, InputGradient, LayerInput, Net } from '../layer/layer.ts'
import { isPattern, type Pattern, type Takes } from '../shape/pattern.ts'
import { signature, type ShapeRule } from '../shape/signature.ts'
import { add } from '../tensor/elementwise.ts'
import { fold } from '../tensor/random.ts'
import { branch } from '../tensor/branch.ts'
import { isTensor, type AnyTensor } from '../tensor/tensor.ts'
import { zerosLike, zipTrees, type Tree, type TreeRecord } from '../tensor/tree.ts'
import { gradientReaches } from './liveness.ts'
import type { GraphNode, GraphStructure, Wiring } from './structure.ts'

const owner = (node: GraphNode): string => node.shares ?? node.name

const isEmpty = (record: object): boolean => Object.keys(record).length === 0

/** A record with an entry for every node that has its own parameters or state, where that is not empty. */
const byOwner = <R extends object>(
  nodes: readonly GraphNode[],
  of: (node: GraphNode) => R,
): Readonly<Record<string, R>> =>
  Object.fromEntries(
    nodes
      .filter((node) => node.shares === undefined)
      .map((node) => [node.name, of(node)] as const)
      .filter(([, record]) => !isEmpty(record)),
  )

/** Where the cache keeps the inputs that no gradient reaches: a node cannot have this name. */
const unreached = '$unreached'

/** The tensors that gradients flow back along, summed up at every fan-out. */
function gradientSums() {
  const sums = new Map<string, AnyTensor>()
  const addTo = (name: string, gradient: AnyTensor): void => {
    const sum = sums.get(name)
    sums.set(name, sum === undefined ? gradient : add(sum, gradient))
  }
  return { sums, addTo }
}

const sourcesOf = (from: Wiring): readonly (readonly [input: string, source: string])[] =>
  typeof from === 'string' ? [['', from]] : Object.entries(from)

/** What a node is given: the tensors that its wiring names. */
function wire(from: Wiring, values: ReadonlyMap<string, AnyTensor>): LayerInput {
  const read = (name: string): AnyTensor => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`node '${name}' is read before it is computed`)
    return value
  }
  if (typeof from === 'string') return read(from)
  return Object.fromEntries(Object.entries(from).map(([input, source]) => [input, read(source)]))
}

/**
 * Nodes composed are a layer: forward walks them in order, backward in reverse, and what a node gives to several
 * others receives the sum of their gradients.
 */
export function graphLayer(kind: string, structure: GraphStructure, gives: Pattern): Net {
  const { inputs, nodes } = structure
  const rule: ShapeRule = signature<string, Takes, Pattern>(kind, inputs, gives)
  const output = nodes.at(-1)?.name ?? ''
  const initialState = byOwner(nodes, ({ layer }) => layer.initialState)
  const inputNames = isPattern(inputs) ? ['input'] : Object.keys(inputs)
  const reached = gradientReaches(structure)
  const names = new Set(nodes.map(owner))

  return Object.freeze<Net>({
    kind,
    hyperparameters: Object.freeze({}),
    rule,
    parameters: byOwner(nodes, ({ layer }) => layer.parameters),
    graph: Object.freeze({
      inputs: rule.takes,
      nodes: Object.freeze(nodes.map((node) => Object.freeze(node))),
    }),
    initialState,

    init: (key, options) => byOwner(nodes, ({ name, layer }) => layer.init(fold(key, name), options)),

    forward(params, input, context: Context = {}) {
      const { path = '', key, state = initialState } = context
      checkInput(rule, {}, input, context.path)
      const extra = Object.keys(params).find((name) => !names.has(name))
      if (extra !== undefined)
        throw defect(context.path, `the parameters of ${kind} have '${extra}', which is no node`)
      const values = new Map<string, AnyTensor>(isTensor(input) ? [['input', input]] : Object.entries(input))
      const caches = new Map<string, Tree>()
      const states = new Map<string, TreeRecord>()
      for (const node of nodes) {
        const { name, layer } = node
        const own = owner(node)
        const here = path === '' ? name : `${path}.${name}`
        const result = layer.forward(branch(params, own), wire(node.from, values), {
          ...context,
          path: here,
          state: states.get(own) ?? { ...layer.initialState, ...branch(state, own) },
          ...(key && { key: fold(key, name) }),
        })
        values.set(name, result.output)
        context.observe?.(here, result.output)
        caches.set(name, result.cache)
        if (!isEmpty(result.state)) states.set(own, result.state)
      }
      const kept = inputNames
        .filter((name) => !reached.has(name))
        .map((name) => [name, values.get(name)] as const)
      if (kept.length > 0)
        caches.set(
          unreached,
          Object.fromEntries(kept.flatMap(([name, value]) => (value ? [[name, value]] : []))),
        )
      const last = values.get(output)
      if (last === undefined) throw new Error(`${kind} has no output`)
      return { output: last, cache: Object.fromEntries(caches), state: Object.fromEntries(states) }
    },

    backward(params, cache, dOutput, path = '') {
      checkOutputGradient(rule, dOutput, path)
      const caches: TreeRecord = isTensor(cache) ? {} : cache
      const { sums, addTo } = gradientSums()
      const dParams = new Map<string, TreeRecord>()
      addTo(output, dOutput)
      for (const node of nodes.toReversed()) {
        const own = branch(params, owner(node))
        const dNode = sums.get(node.name)
        if (dNode === undefined) continue
        const nodeCache = Object.hasOwn(caches, node.name) ? caches[node.name] : undefined
        if (nodeCache === undefined)
          throw defect(
            path,
            `the cache has nothing of node '${node.name}'; give backward the cache that forward gave`,
          )
        const here = path === '' ? node.name : `${path}.${node.name}`
        const result = node.layer.backward(own, nodeCache, dNode, here)
        const sum = dParams.get(owner(node))
        dParams.set(owner(node), sum === undefined ? result.dParams : zipTrees(sum, result.dParams, add))
        for (const [input, source] of sourcesOf(node.from)) {
          const dInput = gradientFor(result.dInput, input)
          if (dInput !== undefined) addTo(source, dInput)
        }
      }
      const dInputs = inputNames.flatMap((name): readonly (readonly [string, AnyTensor])[] => {
        const dInput = sums.get(name) ?? zeroGradient(branch(caches, unreached), name)
        return dInput === undefined ? [] : [[name, dInput]]
      })
      const dInput = isPattern(inputs) ? dInputs[0]?.[1] : Object.fromEntries(dInputs)
      return {
        dParams: byOwner(nodes, ({ name }) => dParams.get(name) ?? zerosLike(branch(params, name))),
        dInput,
      }
    },
  })
}

function gradientFor(dInput: InputGradient<Takes>, input: string): AnyTensor | undefined {
  if (dInput === undefined || isTensor(dInput)) return dInput
  const found: Readonly<Record<string, AnyTensor>> = dInput
  return Object.hasOwn(found, input) ? found[input] : undefined
}

function zeroGradient(kept: TreeRecord, name: string): AnyTensor | undefined {
  const value = Object.hasOwn(kept, name) ? kept[name] : undefined
  return value === undefined || !isTensor(value) || value.dtype === 'int32' ? undefined : zerosLike(value)
}
