import type { Net } from '../../layer/layer.ts'
import { declaredParameters } from '../../layer/parameter.ts'
import type { Registry } from '../../spec/registry.ts'
import { cost } from '../../cost/cost.ts'
import { input, scalar, zeros } from '../../tensor/construct.ts'
import { isFloat } from '../../tensor/dtype.ts'
import { add } from '../../tensor/elementwise.ts'
import { isTensor, type AnyTensor, type Tensor } from '../../tensor/tensor.ts'
import { leaves, mapTree, type Tree, type TreeRecord } from '../../tensor/tree.ts'
import { leavesOf, parameterId, type Leaf, type Outline } from '../outline.ts'
import { witness, type Witnesses } from '../witness.ts'
import { hyperparametersOf, inTermsOf } from './hyperparameters.ts'
import type { Names } from './names.ts'
import { rebuild } from './rebuild.ts'
import { nameShared, type Line } from './shared.ts'
import type { Named, Symbols } from './symbols.ts'

/** What the layers of a net compute, in the order in which they do, each by named tensors alone. */
export interface Trace {
  readonly forward: readonly Line[]
  readonly backward: readonly Line[]
}

/** One layer run forward on named tensors. */
interface Run {
  readonly leaf: Leaf
  readonly params: TreeRecord
  readonly output: AnyTensor
  readonly cache: Tree
}

/** A cache with names for what is in it, as backward is given it. */
type Caches = ReadonlyMap<Leaf, { readonly params: TreeRecord; readonly cache: Tree }>

const sum = (a: AnyTensor | undefined, b: AnyTensor): AnyTensor => (a === undefined ? b : add(a, b))

const treeLeaves = (tree: Tree): readonly AnyTensor[] => leaves(tree).map(([, tensor]) => tensor)

/** A sum for every key, in the order in which the keys first appear. */
function sums() {
  const found = new Map<string, AnyTensor>()
  const addTo = (key: string, tensor: AnyTensor): void => void found.set(key, sum(found.get(key), tensor))
  return { found, addTo }
}

/**
 * Runs the layers of a net or objective on named tensors, forward and backward, with a number for every open size.
 *
 * @param kinds how layers are read with another value of a hyperparameter, to see what changes with it
 */
export function trace(
  unfolded: Outline,
  sizes: Witnesses,
  names: Names,
  symbols: Symbols,
  kinds: Registry,
): Trace {
  const { inputs, items, loss, penalties, output } = unfolded
  const nodes = leavesOf(items)
  const values = new Map<string, AnyTensor>()
  const forward: Line[] = []
  const backward: Line[] = []
  let temporaries = 0
  const fresh = (like: AnyTensor): AnyTensor => symbols.tensor(names.temporary(temporaries++), like)
  const named = (name: Named, shape: readonly number[]): AnyTensor =>
    symbols.tensor(name, { shape, dtype: 'float64' })

  const paramsOf = (layer: Net, owner: string): TreeRecord =>
    Object.fromEntries(
      declaredParameters(layer.parameters).map(([name, { shape }]) => [
        name,
        named(names.parameter(owner, name), shape),
      ]),
    )

  /** What a layer computes, with the constants that change with one of its hyperparameters written in terms of it. */
  const withHyperparameters = <T extends Tree>(leaf: Leaf, compute: (layer: Net) => T): T => {
    const tree = compute(leaf.layer)
    const roots = treeLeaves(tree)
    const changes = hyperparametersOf(leaf.layer, kinds).map((hyperparameter) => ({
      hyperparameter,
      terms: inTermsOf(hyperparameter, roots, treeLeaves(compute(hyperparameter.twin.layer))),
    }))
    const rewritten = rebuild(roots, (tensor, rebuilt) => {
      const [change, ...others] = changes.filter(({ terms }) => terms.has(tensor))
      const written = change?.terms.get(tensor)
      return change === undefined || written === undefined || others.length > 0
        ? rebuilt
        : written(named(names.hyperparameter(leaf, change.hyperparameter), []))
    })
    return mapTree(tree, (tensor) => rewritten.get(tensor) ?? tensor)
  }

  const run = (leaf: Leaf): Run => {
    const { owner, reads } = leaf
    const params = paramsOf(leaf.layer, owner)
    const given = reads.map(({ input, source }) => {
      const value = values.get(source)
      if (value === undefined) throw new Error(`'${source}' is read before it is computed`)
      return [input, value] as const
    })
    const only = given[0]?.[0] === undefined ? given[0]?.[1] : undefined
    const state = mapTree(leaf.layer.initialState, (tensor, path) =>
      symbols.tensor(names.state(owner, path), tensor),
    )
    const key = input('key', [2], 'int32')
    const { output, cache } = withHyperparameters(leaf, (layer) => {
      const result = layer.forward(
        params,
        only ?? Object.fromEntries(given.map(([name = '', value]) => [name, value])),
        { state, key },
      )
      return { output: result.output, cache: result.cache }
    })
    return { leaf, params, output, cache }
  }

  /** The equations of runs whose outputs make up one value; what a cache keeps of their work gets a name. */
  const define = (runs: readonly Run[], value: AnyTensor, name: AnyTensor): Caches => {
    const given = new Map<AnyTensor, AnyTensor>()
    for (const { leaf, cache } of runs)
      for (const [path, tensor] of leaves(cache))
        if (
          tensor.expression.op !== 'input' &&
          cost(tensor).flops > 0 &&
          !given.has(tensor) &&
          tensor !== value
        )
          given.set(tensor, symbols.tensor(names.cached(leaf, path), tensor))
    const roots = [...runs.flatMap(({ cache }) => treeLeaves(cache)), value]
    if (value.expression.op === 'input') forward.push({ name, value })
    else given.set(value, name)
    const { lines, rebuilt } = nameShared([...new Set(roots)], given, fresh)
    forward.push(...lines)
    return new Map(
      runs.map(({ leaf, params, cache }) => [
        leaf,
        { params, cache: mapTree(cache, (tensor) => rebuilt.get(tensor) ?? tensor) },
      ]),
    )
  }

  const parameterSums = sums()
  const penaltySums = sums()
  const gradients = sums()

  /** Runs a layer backward: what it adds to the gradients of all that it reads. */
  const pull = (
    leaf: Leaf,
    { params, cache }: { params: TreeRecord; cache: Tree },
    dOutput: AnyTensor,
  ): void => {
    const { dParams, dInput } = withHyperparameters(leaf, (layer) => {
      const result = layer.backward(params, cache, dOutput)
      return { dParams: result.dParams, dInput: result.dInput ?? {} }
    })
    const { lines, rebuilt } = nameShared([...treeLeaves(dParams), ...treeLeaves(dInput)], new Map(), fresh)
    backward.push(...lines)
    const written = (tensor: AnyTensor): AnyTensor => rebuilt.get(tensor) ?? tensor
    const into = leaf.role === 'penalty' ? penaltySums : gradients
    for (const [name, tensor] of leaves(dParams))
      parameterSums.addTo(parameterId(leaf.owner === '' ? name : `${leaf.owner}.${name}`), written(tensor))
    for (const { input, source } of leaf.reads) {
      const gradient = isTensor(dInput) ? dInput : dInput[input ?? '']
      if (gradient !== undefined && isTensor(gradient)) into.addTo(source, written(gradient))
    }
  }

  const emitGradient = (of: string, value: AnyTensor): AnyTensor => {
    const name = symbols.tensor(names.gradient(of, symbols.symbolFor(of)), value)
    backward.push({ name, value })
    return name
  }

  /** The gradients of the parameters that a node owns: every node that shares them lies behind. */
  const emitParameters = ({ layer, owner }: Leaf): void => {
    for (const [name, { shape }] of declaredParameters(layer.parameters)) {
      const id = parameterId(owner === '' ? name : `${owner}.${name}`)
      const penalty = penaltySums.found.get(id)
      const own = parameterSums.found.get(id)
      emitGradient(id, penalty === undefined ? (own ?? zeros([...shape], 'float64')) : sum(own, penalty))
    }
  }

  for (const [id, pattern] of inputs)
    values.set(id, symbols.tensor(names.input(id), witness(id, pattern, sizes, 'float64')))

  const caches = new Map(
    nodes.flatMap((leaf) => {
      const done = run(leaf)
      const name = symbols.tensor(names.output(leaf), done.output)
      values.set(leaf.id, name)
      return [...define([done], done.output, name)]
    }),
  )

  const lastOutput = values.get(output)
  if (loss === undefined) {
    if (lastOutput !== undefined && isFloat(lastOutput.dtype))
      gradients.addTo(output, symbols.tensor(names.gradient(output, symbols.symbolFor(output)), lastOutput))
  } else {
    for (const leaf of nodes)
      for (const [name, tensor] of leaves(paramsOf(leaf.layer, leaf.owner)))
        values.set(parameterId(leaf.owner === '' ? name : `${leaf.owner}.${name}`), tensor)
    const runs = [loss, ...penalties.map(([, leaf]) => leaf)].map(run)
    const total = runs.map((done) => done.output).reduce(add as (a: AnyTensor, b: AnyTensor) => AnyTensor)
    const found = define(runs, total, symbols.tensor(names.output(loss), total))
    for (const [leaf, cache] of found) pull(leaf, cache, scalar(1, 'float64'))
  }

  const isGiven = (id: string): boolean => loss === undefined && id === output
  for (const leaf of nodes.toReversed()) {
    const value = gradients.found.get(leaf.id)
    const cache = caches.get(leaf)
    if (value !== undefined && cache !== undefined)
      pull(
        leaf,
        cache,
        isGiven(leaf.id) && value.expression.op === 'input' ? value : emitGradient(leaf.id, value),
      )
    if (leaf.owner === leaf.path || (leaf.owner === '' && leaf.id !== leaf.path)) emitParameters(leaf)
  }
  if (loss === undefined)
    for (const [id, pattern] of inputs) {
      const value = values.get(id)
      if (value !== undefined && isFloat(value.dtype) && pattern !== undefined)
        emitGradient(id, gradients.found.get(id) ?? (zeros([...value.shape], 'float64') as Tensor))
    }
  return { forward, backward }
}
