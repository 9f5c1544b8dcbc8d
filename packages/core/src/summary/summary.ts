import { cost } from '../cost/cost.ts'
import type { Net } from '../layer/layer.ts'
import { declaredParameters } from '../layer/parameter.ts'
import { outline, type Item, type Leaf } from '../render/outline.ts'
import { sizeNames, witnessInput, type Witnesses } from '../render/witness.ts'
import { shapeOf, type Pattern } from '../shape/pattern.ts'
import { input, scalar } from '../tensor/construct.ts'
import { isFloat } from '../tensor/dtype.ts'
import { seed } from '../tensor/random.ts'
import { elementCount, type Shape } from '../tensor/shape.ts'
import type { AnyTensor } from '../tensor/tensor.ts'
import type { Tree, TreeRecord } from '../tensor/tree.ts'

/** What something has and does: its parameters, and the operations on numbers of both directions. */
export interface Totals {
  /** How many numbers its parameters are. */
  readonly parameters: number
  /** FLOPs of forward. */
  readonly forward: number
  /** FLOPs that backward adds to forward. */
  readonly backward: number
}

/** One line of a summary. */
export interface SummaryRow extends Totals {
  readonly role: 'input' | 'net' | 'node' | 'loss' | 'penalty'
  /** The path of the node, the name of the input, or the path of the parameter that a penalty is on. */
  readonly path: string
  /** How many nets the node is nested in. */
  readonly depth: number
  /** The kind of its layer; `'input'` for an input. */
  readonly kind: string
  /** How sentences call its layer: `affine(3072, 50)`. */
  readonly title: string
  /** The path of the earlier node whose parameters it uses and which counts them. */
  readonly shares?: string
  /** The shape of its output in the sizes of the net: `['N', 50]`. */
  readonly shape: Shape
}

/** A net as a table: inputs, nodes with those of nested nets below them, loss and penalties, and the totals. */
export interface Summary {
  readonly title: string
  readonly rows: readonly SummaryRow[]
  /** The number that each name in a shape stands for where FLOPs are counted. */
  readonly sizes: Readonly<Record<string, number>>
  readonly total: Totals
}

/** What a summary may be told. */
export interface SummaryOptions {
  /** The sizes for which FLOPs are counted, by the names in the shapes: `{ N: 64 }`; 1 unless given. */
  readonly sizes?: Readonly<Record<string, number>>
}

/** The tensors of parameters or state, as inputs that cost nothing. */
const parametersOf = (layer: Net): TreeRecord =>
  Object.fromEntries(
    declaredParameters(layer.parameters).map(([path, { shape }]) => [path, input(path, shape)]),
  )

const count = (layer: Net): number =>
  declaredParameters(layer.parameters).reduce((sum, [, { shape }]) => sum + elementCount(shape), 0)

const flopsOf = (tree: Tree): number => cost(tree).flops

/** FLOPs of both directions, counted in the expressions that the layer builds from inputs of these sizes. */
function traced({ layer, takes }: Leaf, sizes: Witnesses): Pick<Totals, 'forward' | 'backward'> {
  const params = parametersOf(layer)
  const given = witnessInput(takes, sizes, 'float32')
  const { output, cache } = layer.forward(params, given, { key: seed(0) })
  const forward = flopsOf(output)
  if (!isFloat(output.dtype)) return { forward, backward: 0 }
  const dOutput: AnyTensor = output.shape.length === 0 ? scalar(1) : input('dOutput', output.shape)
  const { dParams, dInput } = layer.backward(params, cache, dOutput)
  const gradients = { dParams, ...(dInput && { dInput: dInput as Tree }) }
  return { forward, backward: flopsOf({ output, ...gradients }) - forward }
}

const nothing: Totals = { parameters: 0, forward: 0, backward: 0 }

const plus = (a: Totals, b: Totals): Totals => ({
  parameters: a.parameters + b.parameters,
  forward: a.forward + b.forward,
  backward: a.backward + b.backward,
})

const totalOf = (rows: readonly Totals[]): Totals => rows.reduce(plus, nothing)

function leafRow(leaf: Leaf, depth: number, owned: boolean, sizes: Witnesses): SummaryRow {
  const { role, path, layer, shares, gives } = leaf
  return {
    role,
    path,
    depth,
    kind: layer.kind,
    title: layer.rule.title,
    ...(shares !== undefined && { shares }),
    shape: shapeOf(gives),
    parameters: owned && shares === undefined ? count(layer) : 0,
    ...traced(leaf, sizes),
  }
}

/** The rows of items; `owned` says whether the parameters are counted here and not at an earlier node. */
function itemRows(
  items: readonly Item[],
  depth: number,
  owned: boolean,
  sizes: Witnesses,
): readonly SummaryRow[] {
  return items.flatMap((item) => {
    if (item.form === 'leaf') return [leafRow(item, depth, owned, sizes)]
    const { path, layer, shares, gives } = item
    const below = itemRows(item.items, depth + 1, owned && shares === undefined, sizes)
    const row: SummaryRow = {
      role: 'net',
      path,
      depth,
      kind: layer.kind,
      title: layer.rule.title,
      ...(shares !== undefined && { shares }),
      shape: shapeOf(gives),
      ...totalOf(below.filter((other) => other.depth === depth + 1)),
    }
    return [row, ...below]
  })
}

const inputRow = ([path, pattern]: readonly [string, Pattern]): SummaryRow => ({
  role: 'input',
  path,
  depth: 0,
  kind: 'input',
  title: 'input',
  shape: shapeOf(pattern),
  ...nothing,
})

/**
 * A net or objective as a table: for every node its layer, output shape, parameters and FLOPs.
 *
 * FLOPs are counted in the expressions that each layer builds, see `cost`; those of backward are what it adds to
 * forward. A shared node counts its FLOPs, its parameters are counted where they are declared.
 *
 * @param net any layer
 * @param options for how large a batch FLOPs are counted; one example unless given
 * @throws RangeError if a size is given for a name that no input has, or is not a positive integer
 * @example
 * const net = sequential(['N', 3072], ['fc1', affine(3072, 50)], ['relu', relu()], ['fc2', affine(50, 10)])
 * const { rows, total } = summary(net)
 * rows.map(({ path }) => path) // => ['input', 'fc1', 'relu', 'fc2']
 * total.parameters // => 154160
 */
export function summary(net: Net, options: SummaryOptions = {}): Summary {
  const { inputs, items, loss, penalties } = outline(net)
  const names = sizeNames(inputs.map(([, pattern]) => pattern))
  const wanted = options.sizes ?? {}
  for (const [name, size] of Object.entries(wanted)) {
    if (!names.includes(name))
      throw new RangeError(`summary: no input has a size '${name}' among ${names.join(', ') || 'none'}`)
    if (!Number.isSafeInteger(size) || size < 1)
      throw new RangeError(`summary: the size ${name} must be a positive integer, not ${size}`)
  }
  const sizes = Object.fromEntries(names.map((name) => [name, wanted[name] ?? 1]))
  const witnesses: Witnesses = new Map(Object.entries(sizes))
  const rows = [
    ...inputs.map(inputRow),
    ...itemRows(items, 0, true, witnesses),
    ...[...(loss ? [loss] : []), ...penalties.map(([, leaf]) => leaf)].map((leaf) =>
      leafRow(leaf, 0, true, witnesses),
    ),
  ]
  return {
    title: net.rule.title,
    rows,
    sizes,
    total: totalOf(rows.filter(({ depth }) => depth === 0)),
  }
}
