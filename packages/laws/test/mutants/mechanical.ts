import {
  dependencyOrder,
  isTensor,
  leaves,
  mapTree,
  type AnyTensor,
  type LayerInput,
  type Net,
  type Tensor,
  type Tree,
  type TreeRecord,
} from '@pullback/core'
import { mutationsOf, type Mutation } from './mutations.ts'
import { rebuilt } from './rebuild.ts'

/** One operation of a backward: the how-manieth of its kind. */
export interface Site {
  readonly op: string
  readonly ordinal: number
}

type Gradients = ReturnType<Net['backward']>

/** The gradients as one tree. */
const asTree = ({ dParams, dInput }: Gradients): TreeRecord => ({
  dParams,
  dInput: dInput ?? {},
})

/** The operations of backward itself, those of what it was given left out, operands first. */
function operations(roots: readonly AnyTensor[], given: ReadonlySet<AnyTensor>): readonly AnyTensor[] {
  const found: AnyTensor[] = []
  const below = new Set(dependencyOrder([...given]))
  for (const tensor of dependencyOrder(roots)) if (!below.has(tensor)) found.push(tensor)
  return found
}

/** Every operation with its site. */
export function sites(
  gradients: Gradients,
  given: readonly AnyTensor[],
): readonly { readonly site: Site; readonly tensor: AnyTensor }[] {
  const count = new Map<string, number>()
  const roots = leaves(asTree(gradients)).map(([, tensor]) => tensor)
  return operations(roots, new Set(given)).map((tensor) => {
    const { op } = tensor.expression
    const ordinal = count.get(op) ?? 0
    count.set(op, ordinal + 1)
    return { site: { op, ordinal }, tensor }
  })
}

/** The tree with one operation replaced and all that is built on it built again. */
function replaced<T extends Tree>(tree: T, target: AnyTensor, by: AnyTensor): T {
  const renewed = new Map<AnyTensor, AnyTensor>([[target, by]])
  for (const tensor of dependencyOrder(leaves(tree).map(([, leaf]) => leaf))) {
    const { operands } = tensor.expression
    if (tensor !== target && operands.some((operand) => renewed.has(operand)))
      renewed.set(
        tensor,
        rebuilt(
          tensor,
          operands.map((operand) => renewed.get(operand) ?? operand),
        ),
      )
  }
  return mapTree(tree, (leaf) => renewed.get(leaf) ?? leaf)
}

const givenTo = (params: TreeRecord, cache: Tree, dOutput: AnyTensor): readonly AnyTensor[] => [
  ...leaves({ params, cache }).map(([, tensor]) => tensor),
  dOutput,
]

/** The layer with one operation of its backward mutated, wherever its shapes allow that. */
export function mutated(layer: Net, site: Site, mutation: Pick<Mutation, 'name'>): Net {
  return {
    ...layer,
    backward(params, cache, dOutput) {
      const right = layer.backward(params, cache, dOutput)
      const target = sites(right, givenTo(params, cache, dOutput)).find(
        (each) => each.site.op === site.op && each.site.ordinal === site.ordinal,
      )
      const change = target && mutationsOf(target.tensor).find(({ name }) => name === mutation.name)
      if (target === undefined || change === undefined) return right
      const by = change.apply(target.tensor)
      if (by === undefined || by === target.tensor) return right
      const { dParams, dInput } = replaced(asTree(right), target.tensor, by)
      const gradient = dInput !== undefined && !isTensor(dInput) && Object.keys(dInput).length === 0
      return {
        dParams: dParams as TreeRecord,
        dInput: (gradient ? right.dInput : dInput) as Gradients['dInput'],
      }
    },
  }
}

/** A mutated layer: where and how. */
export interface MechanicalMutant {
  readonly site: Site
  readonly mutation: string
  readonly of: (layer: Net) => Net
}

/** All mutations of a layer's backward, as it is for these parameters and inputs. */
export function mechanicalMutants(
  layer: Net,
  params: TreeRecord,
  input: LayerInput,
  dOutput: Tensor,
): readonly MechanicalMutant[] {
  const { cache } = layer.forward(params, input)
  const right = layer.backward(params, cache, dOutput)
  return sites(right, givenTo(params, cache, dOutput)).flatMap(({ site, tensor }) =>
    mutationsOf(tensor).map((mutation) => ({
      site,
      mutation: mutation.name,
      of: (other: Net) => mutated(other, site, mutation),
    })),
  )
}
