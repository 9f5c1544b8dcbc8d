import type { Net } from '../layer/layer.ts'
import { drawing, type Drawn, type DrawnNode } from './drawing.ts'

/** Text between quotes of DOT: labels know backslash escapes and the entities of HTML. */
const quoted = (lines: readonly string[]): string =>
  `"${lines
    .map((line) => line.replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"'))
    .join('\\n')}"`

const styles: { readonly [K in DrawnNode['kind']]: string } = {
  input: 'shape=ellipse',
  layer: 'shape=box',
  shared: 'shape=box, style=dashed',
  loss: 'shape=box, peripheries=2',
  penalty: 'shape=box, peripheries=2',
  parameter: 'shape=cylinder',
  output: 'shape=ellipse',
}

/**
 * A net or objective as a graph in the DOT language of Graphviz: inputs, layers, frames around nested nets, arrows
 * labelled with shapes; shared layers have a dashed border, penalties read the parameters that they are on.
 *
 * @param net any layer
 * @returns the text of the graph, the same for the same net
 * @example
 * const net = sequential(['N', 3072], ['fc1', affine(3072, 50)], ['relu', relu()])
 * toDot(net).split('\n').find((line) => line.includes('->')) // => '  "input" -> "fc1" [label="[N, 3072]"]'
 */
export function toDot(net: Net): string {
  const { items, edges } = drawing(net)
  const lines: string[] = [
    'digraph net {',
    '  graph [fontname="Helvetica", labeljust=l]',
    '  node [fontname="Helvetica"]',
    '  edge [fontname="Helvetica"]',
  ]
  const write = (item: Drawn, indent: string): void => {
    if (item.form === 'group') {
      const label = quoted([item.lines.join(', ')])
      lines.push(`${indent}subgraph ${quoted([`cluster_${item.id}`])} {`, `${indent}  label=${label}`)
      for (const inner of item.items) write(inner, `${indent}  `)
      lines.push(`${indent}}`)
    } else lines.push(`${indent}${quoted([item.id])} [label=${quoted(item.lines)}, ${styles[item.kind]}]`)
  }
  for (const item of items) write(item, '  ')
  for (const { source, target, label, dashed } of edges) {
    const attributes = [
      ...(label === '' ? [] : [`label=${quoted([label])}`]),
      ...(dashed ? ['style=dashed'] : []),
    ]
    const suffix = attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`
    lines.push(`  ${quoted([source])} -> ${quoted([target])}${suffix}`)
  }
  lines.push('}')
  return lines.join('\n')
}
