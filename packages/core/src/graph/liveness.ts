import { isIntegerPattern, isPattern } from '../shape/pattern.ts'
import type { GraphNode, GraphStructure } from './structure.ts'

/** The names that a node's gradient flows back to: what it reads through float inputs. */
function floatSources({ layer, from }: GraphNode): readonly string[] {
  const { takes } = layer.rule
  if (typeof from === 'string') return isPattern(takes) && isIntegerPattern(takes) ? [] : [from]
  return Object.entries(from).flatMap(([input, source]) => {
    const pattern = isPattern(takes) ? undefined : takes[input]
    return pattern !== undefined && isIntegerPattern(pattern) ? [] : [source]
  })
}

/** The names of the nodes and inputs that the gradient by the output reaches. */
export function gradientReaches({ nodes }: GraphStructure): ReadonlySet<string> {
  const reached = new Set(nodes.slice(-1).map(({ name }) => name))
  for (const node of nodes.toReversed())
    if (reached.has(node.name)) for (const source of floatSources(node)) reached.add(source)
  return reached
}
