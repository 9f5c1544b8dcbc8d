import { isLeft, left, right, type Either } from '#fp/Either'
import type { Net } from '../layer/layer.ts'
import { isPattern, patternSentence, type Pattern, type Takes } from '../shape/pattern.ts'
import { graphLayer } from './graphLayer.ts'
import { isName, notAName } from '../shape/names.ts'
import type { Entry } from './nodeTypes.ts'
import type { GraphNode, Wiring } from './structure.ts'

type Patterns = Map<string, Pattern>

function nameSentence(
  name: string,
  nodes: ReadonlyMap<string, GraphNode>,
  patterns: Patterns,
): string | undefined {
  if (!isName(name)) return notAName(name)
  if (nodes.has(name)) return `'${name}' is the name of an earlier node`
  return patterns.has(name) ? `'${name}' is the name of an input` : undefined
}

/** What a node is given, or the sentence that says which of the names it reads is not there. */
function given(name: string, from: Wiring | undefined, patterns: Patterns): Either<string, Takes> {
  if (from === undefined) return left(`${name}: a node after several inputs must say which of them it reads`)
  const find = (source: string): Either<string, Pattern> => {
    const pattern = patterns.get(source)
    return pattern === undefined ? left(`${name}: there is no earlier node '${source}'`) : right(pattern)
  }
  if (typeof from === 'string') return find(from)
  const found: Record<string, Pattern> = {}
  for (const [input, source] of Object.entries(from)) {
    const pattern = find(source)
    if (isLeft(pattern)) return pattern
    found[input] = pattern.right
  }
  return right(found)
}

function inputPatterns(inputs: Takes): Either<string, Patterns> {
  const patterns: Patterns = new Map(isPattern(inputs) ? [['input', inputs]] : Object.entries(inputs))
  if (patterns.size === 0) return left('a net has at least one input')
  for (const [name, pattern] of patterns) {
    const wrong = isName(name) ? patternSentence(pattern) : notAName(name)
    if (wrong !== undefined) return left(isName(name) ? `the input ${name}: ${wrong}` : wrong)
  }
  return right(patterns)
}

/** Checks entries one after the other, as nodeTypes.ts does at compile time, and composes them to a net. */
export function build(kind: string, inputs: Takes, entries: readonly Entry[]): Either<string, Net> {
  const began = inputPatterns(inputs)
  if (isLeft(began)) return began
  const patterns = began.right
  const nodes = new Map<string, GraphNode>()
  let last = isPattern(inputs) ? 'input' : undefined
  for (const [name, choice, from = last] of entries) {
    const wrong = nameSentence(name, nodes, patterns)
    if (wrong !== undefined) return left(wrong)
    const takes = given(name, from, patterns)
    if (isLeft(takes)) return takes
    const owner = 'shares' in choice ? nodes.get(choice.shares) : undefined
    if ('shares' in choice && owner === undefined)
      return left(`${name}: there is no earlier node '${choice.shares}'`)
    const layer = 'shares' in choice ? owner?.layer : choice
    if (layer === undefined || from === undefined) return left(`${name}: there is no layer`)
    const gives = layer.rule.apply(takes.right)
    if (isLeft(gives)) return left(`${name}: ${gives.left}`)
    patterns.set(name, gives.right)
    nodes.set(name, { name, layer, from, ...(owner && { shares: owner.shares ?? owner.name }) })
    last = name
  }
  const gives = last === undefined || nodes.size === 0 ? undefined : patterns.get(last)
  if (gives === undefined) return left(`${kind}: a net has at least one node`)
  return right(graphLayer(kind, { inputs, nodes: [...nodes.values()] }, gives))
}
