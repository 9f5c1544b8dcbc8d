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
  toDot,
  type Net,
  objectiveFrom,
} from '@pullback/core'
import * as fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { graphviz } from './graphviz.fixture.ts'
import { netArbitrary, objectiveArbitrary } from './net.arbitrary.ts'
import { leavesOf, outline } from './outline.ts'
import { unwrap } from '../testing/unwrap.ts'

interface Drawn {
  readonly objects?: readonly {
    readonly name: string
    readonly label?: string
    readonly nodes?: readonly number[]
  }[]
  readonly edges?: readonly { readonly tail: number; readonly head: number; readonly label?: string }[]
}

let program: Awaited<ReturnType<typeof graphviz>>
beforeAll(async () => {
  program = await graphviz()
})

/** What Graphviz understands. */
function drawn(net: Net): Drawn {
  const { status, output, errors } = program.render(toDot(net), { format: 'json' })
  // It has no width for characters beyond ASCII, which only matters for the layout.
  expect(errors.filter(({ message }) => !message.includes('width of non-ASCII character'))).toEqual([])
  expect(status).toBe('success')
  return JSON.parse(output ?? '') as Drawn
}

it('is accepted by Graphviz, every layer and arrow in it, whatever names and titles', () => {
  fc.assert(
    fc.property(fc.oneof(netArbitrary, objectiveArbitrary), (net) => {
      const { inputs, items, loss, penalties } = outline(net)
      const leaves = leavesOf(items)
      const terms = loss === undefined ? [] : [loss, ...penalties.map(([, leaf]) => leaf)]
      const { objects = [], edges = [] } = drawn(net)
      const nodes = objects.filter(({ nodes }) => nodes === undefined)
      const expected = [
        ...inputs.map(([id]) => id),
        ...[...leaves, ...terms].map(({ id }) => id),
        ...penalties.map(([path]) => `$parameter ${path}`),
        '$output',
      ]
      expect(nodes.map(({ name }) => name).toSorted()).toEqual(expected.toSorted())
      const arrows = edges.map(({ tail, head }) => `${objects[tail]?.name} -> ${objects[head]?.name}`)
      for (const { id, reads } of [...leaves, ...terms])
        for (const { source } of reads) expect(arrows).toContain(`${source} -> ${id}`)
    }),
    { numRuns: 60 },
  )
})

it('is laid out', () => {
  fc.assert(
    fc.property(objectiveArbitrary, (net) => {
      expect(program.render(toDot(net), { format: 'svg' }).status).toBe('success')
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
  expect(toDot(loss)).toMatchInlineSnapshot(`
    "digraph net {
      graph [fontname="Helvetica", labeljust=l]
      node [fontname="Helvetica"]
      edge [fontname="Helvetica"]
      "input" [label="input\\n[N, 4]", shape=ellipse]
      "labels" [label="labels\\nint32 [N]", shape=ellipse]
      "$parameter in.W" [label="in.W\\n[4, 4]", shape=cylinder]
      "in" [label="in\\naffine(4, 4)", shape=box]
      subgraph "cluster_block" {
        label="block, residual"
        subgraph "cluster_block.body" {
          label="body, sequential"
          "block.body.fc" [label="fc\\naffine(4, 4)", shape=box]
          "block.body.act" [label="act\\nrelu", shape=box]
        }
        "block.sum" [label="sum\\naddition(body, skip)", shape=box]
      }
      "again" [label="again\\naffine(4, 4)\\nshared with in", shape=box, style=dashed]
      "$loss" [label="loss\\nsoftmaxCrossEntropy(4)", shape=box, peripheries=2]
      "$penalty in.W" [label="l2(0.5)", shape=box, peripheries=2]
      "$output" [label="objective\\nthe sum", shape=ellipse]
      "input" -> "in" [label="[N, 4]"]
      "in" -> "block.body.fc" [label="[N, 4]"]
      "block.body.fc" -> "block.body.act" [label="[N, 4]"]
      "block.body.act" -> "block.sum" [label="body [N, 4]"]
      "in" -> "block.sum" [label="skip [N, 4]"]
      "block.sum" -> "again" [label="[N, 4]"]
      "$parameter in.W" -> "in" [style=dashed]
      "$parameter in.W" -> "again" [style=dashed]
      "again" -> "$loss" [label="logits [N, 4]"]
      "labels" -> "$loss" [label="labels int32 [N]"]
      "$parameter in.W" -> "$penalty in.W" [label="[4, 4]"]
      "$loss" -> "$output" [label="[]"]
      "$penalty in.W" -> "$output" [label="[]"]
    }"
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
  expect(toDot(loss).split('\n').length).toBe(70_012)
})
