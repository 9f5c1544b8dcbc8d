import {
  affine,
  aligned,
  equations,
  l2,
  objective,
  relu,
  sequential,
  softmaxCrossEntropy,
  type Equation,
} from '@pullback/core'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { katex } from './katex.fixture.ts'

const page = fileURLToPath(new URL('../../../../docs/two-layer-net.md', import.meta.url))

const marked = /<!-- equations: (?<names>[^>]*) -->\n[\s\S]*?<!-- end -->/g

const net = sequential(['N', 3072], ['fc1', affine(3072, 50)], ['relu', relu()], ['fc2', affine(50, 10)])
const loss = objective(net, softmaxCrossEntropy(10), { 'fc1.W': l2(1e-3), 'fc2.W': l2(1e-3) })

const symbols = {
  fc1: 'z_1',
  relu: 'p_1',
  fc2: 'z_2',
  'fc1.W': 'W_1',
  'fc1.b': 'b_1',
  'fc2.W': 'W_2',
  'fc2.b': 'b_2',
  'loss.p': 'p_2',
}

/** The equations of the page by the symbols that they define. */
function written(): ReadonlyMap<string, Equation> {
  const plain = equations(loss, { symbols, shapes: false })
  const shown = equations(loss, { symbols, sizes: { 3072: 'D', 50: 'H', 10: 'C' } })
  const list = [...shown.forward, ...shown.backward]
  return new Map(
    [...plain.forward, ...plain.backward].flatMap(({ left }, index) => {
      const equation = list[index]
      return equation === undefined ? [] : [[left, equation] as const]
    }),
  )
}

it('has the equations that the net has', async () => {
  const all = written()
  const used: string[] = []
  const filled = readFileSync(page, 'utf8').replace(marked, (_, names: string) => {
    const chosen = names.split(' ').map((name) => {
      used.push(name)
      return all.get(name) ?? { left: name, right: '\\text{is no equation of the net}' }
    })
    return `<!-- equations: ${names} -->\n\n\`\`\`math\n${aligned(chosen)}\n\`\`\`\n\n<!-- end -->`
  })
  expect(used.toSorted()).toEqual([...all.keys()].toSorted())
  await expect(filled).toMatchFileSnapshot(page)
})

it('has no math that KaTeX refuses', async () => {
  const print = await katex()
  const text = readFileSync(page, 'utf8')
  const math = [...text.matchAll(/```math\n(?<tex>[\s\S]*?)\n```|\$`(?<inline>[^`]*)`\$/g)].map(
    ({ groups }) => groups?.['tex'] ?? groups?.['inline'] ?? '',
  )
  expect(math.length).toBeGreaterThan(50)
  for (const tex of math) expect(() => print(tex)).not.toThrow()
})
