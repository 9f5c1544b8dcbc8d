import type { Net } from '../layer/layer.ts'
import { drawing, type Drawn, type DrawnNode } from './drawing.ts'

/**
 * Text between quotes of Mermaid, which reads `#35;` as the character of that code: everything but plain characters is
 * written so, and so is what would begin a list at the head of a line.
 */
const quoted = (lines: readonly string[]): string =>
  `"${lines.map((line) => line.replace(/[^\w ,.()[\]:=+-]|^[-+](?= )|(?<=^\d+)[.)]/gu, code)).join('<br/>')}"`

const code = (character: string): string => `#${character.codePointAt(0)};`

const brackets: { readonly [K in DrawnNode['kind']]: readonly [open: string, close: string] } = {
  input: ['([', '])'],
  layer: ['[', ']'],
  shared: ['[', ']'],
  loss: ['[[', ']]'],
  penalty: ['[[', ']]'],
  parameter: ['[(', ')]'],
  output: ['([', '])'],
}

/**
 * A net or objective as a Mermaid flowchart: inputs, layers, frames around nested nets, arrows labelled with shapes;
 * shared layers have a dashed border, penalties read the parameters that they are on.
 *
 * @param net any layer
 * @returns the text of the chart, the same for the same net
 * @example
 * const net = sequential(['N', 3072], ['fc1', affine(3072, 50)], ['relu', relu()])
 * toMermaid(net).split('\n').slice(0, 4)
 * // => ['flowchart TD', '  n0(["input<br/>[N, 3072]"])', '  n1["fc1<br/>affine(3072, 50)"]', '  n2["relu"]']
 */
export function toMermaid(net: Net): string {
  const { items, edges } = drawing(net)
  const names = new Map<string, string>()
  const nameOf = (id: string): string => {
    const name = names.get(id) ?? `n${names.size}`
    names.set(id, name)
    return name
  }
  const shared: string[] = []
  const lines: string[] = ['flowchart TD']
  const write = (item: Drawn, indent: string): void => {
    const name = nameOf(item.id)
    if (item.form === 'group') {
      lines.push(`${indent}subgraph ${name} [${quoted([item.lines.join(', ')])}]`)
      for (const inner of item.items) write(inner, `${indent}  `)
      lines.push(`${indent}end`)
    } else {
      const [open, close] = brackets[item.kind]
      lines.push(`${indent}${name}${open}${quoted(item.lines)}${close}`)
      if (item.kind === 'shared') shared.push(name)
    }
  }
  for (const item of items) write(item, '  ')
  for (const { source, target, label, dashed } of edges) {
    const arrow = dashed ? '-.->' : label === '' ? '-->' : `-- ${quoted([label])} -->`
    lines.push(`  ${nameOf(source)} ${arrow} ${nameOf(target)}`)
  }
  if (shared.length > 0)
    lines.push('  classDef shared stroke-dasharray: 5 5', `  class ${shared.join(',')} shared`)
  return lines.join('\n')
}
