import {
  affine,
  l2,
  objective,
  relu,
  residual,
  sequential,
  sequentialFrom,
  shared,
  softmaxCrossEntropy,
  toMermaid,
  objectiveFrom,
} from '@pullback/core'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { netArbitrary, objectiveArbitrary } from './net.arbitrary.ts'
import { leavesOf, outline } from './outline.ts'
import { unwrap } from '../testing/unwrap.ts'

// Mermaid's own parser needs a DOM, so what is held here is a part of its grammar that leaves no choice: identifiers
// of our own, and text between quotes without a quote, a backtick, an angle bracket or a stray number sign.
const text = '"(?:[\\w ,.()[\\]:=+-]|#\\d+;|<br/>)*"'
const node = new RegExp(`^n\\d+(?:\\[\\(|\\(\\[|\\[\\[|\\[)${text}(?:\\)\\]|\\]\\)|\\]\\]|\\])$`)
const grammar: readonly RegExp[] = [
  node,
  new RegExp(`^subgraph n\\d+ \\[${text}\\]$`),
  /^end$/,
  new RegExp(`^n\\d+ (?:-- ${text} |)--> n\\d+$`),
  /^n\d+ -\.-> n\d+$/,
  /^classDef shared stroke-dasharray: 5 5$/,
  /^class n\d+(?:,n\d+)* shared$/,
]

/** The text that a reader sees. */
const decoded = (line: string): string =>
  line.replaceAll(/#(\d+);/g, (_, number: string) => String.fromCodePoint(Number(number)))

it('is a flowchart, whatever names and titles', () => {
  fc.assert(
    fc.property(fc.oneof(netArbitrary, objectiveArbitrary), (net) => {
      const [first, ...lines] = toMermaid(net).split('\n')
      expect(first).toBe('flowchart TD')
      for (const line of lines) expect(grammar.some((form) => form.test(line.trim()))).toBe(true)
      const opened = lines.filter((line) => line.trim().startsWith('subgraph')).length
      expect(lines.filter((line) => line.trim() === 'end')).toHaveLength(opened)
    }),
  )
})

it('shows every layer by its name and title', () => {
  fc.assert(
    fc.property(netArbitrary, (net) => {
      const lines = decoded(toMermaid(net)).split('\n')
      for (const { name, layer } of leavesOf(outline(net).items)) {
        const title = layer.rule.title.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
        expect(
          lines.some((line) => line.includes(name === title ? `"${name}` : `"${name}<br/>${title}`)),
        ).toBe(true)
      }
    }),
  )
})

it('is the same for the same net', () => {
  fc.assert(
    fc.property(objectiveArbitrary, (net) => {
      expect(toMermaid(net)).toBe(toMermaid({ ...net }))
    }),
    { numRuns: 20 },
  )
})

it('draws nested, shared and penalised layers', () => {
  const net = sequential(
    ['N', 4],
    ['in', affine(4, 4)],
    ['block', residual(sequential(['N', 4], ['fc', affine(4, 4)], ['act', relu()]))],
    ['again', shared('in')],
  )
  const loss = objective(net, softmaxCrossEntropy(4), { 'in.W': l2(0.5) })
  expect(toMermaid(loss)).toMatchInlineSnapshot(`
    "flowchart TD
      n0(["input<br/>[N, 4]"])
      n1(["labels<br/>int32 [N]"])
      n2[("in.W<br/>[4, 4]")]
      n3["in<br/>affine(4, 4)"]
      subgraph n4 ["block, residual"]
        subgraph n5 ["body, sequential"]
          n6["fc<br/>affine(4, 4)"]
          n7["act<br/>relu"]
        end
        n8["sum<br/>addition(body, skip)"]
      end
      n9["again<br/>affine(4, 4)<br/>shared with in"]
      n10[["loss<br/>softmaxCrossEntropy(4)"]]
      n11[["l2(0.5)"]]
      n12(["objective<br/>the sum"])
      n0 -- "[N, 4]" --> n3
      n3 -- "[N, 4]" --> n6
      n6 -- "[N, 4]" --> n7
      n7 -- "body [N, 4]" --> n8
      n3 -- "skip [N, 4]" --> n8
      n8 -- "[N, 4]" --> n9
      n2 -.-> n3
      n2 -.-> n9
      n9 -- "logits [N, 4]" --> n10
      n1 -- "labels int32 [N]" --> n10
      n2 -- "[4, 4]" --> n11
      n10 -- "[]" --> n12
      n11 -- "[]" --> n12
      classDef shared stroke-dasharray: 5 5
      class n9 shared"
  `)
})

it('draws ten thousand layers with as many penalties', () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `n${index}`)
  const net = unwrap(
    sequentialFrom(
      ['N', 2],
      names.map((name) => [name, affine(2, 2)] as const),
    ),
  )
  const penalties = Object.fromEntries(names.map((name) => [`${name}.W`, l2(0.5)]))
  const loss = unwrap(objectiveFrom(net, softmaxCrossEntropy(2), penalties))
  expect(toMermaid(loss).split('\n').length).toBe(70_008)
})
