import { expect, test } from 'vitest'
import { isLeft } from '#fp/Either'
import {
  addition,
  affine,
  coreKinds,
  fromSpec,
  graphFrom,
  parseSpec,
  registry,
  relu,
  shared,
  toSpec,
  type Entry,
  type Net,
} from '@pullback/core'

const kinds = registry(...coreKinds)

/** A net of `count` nodes of every form: own layers, shared ones, and skips. */
function longNet(count: number): Net {
  const entries = Array.from({ length: count }, (_, index): Entry => {
    const name = `n${index}`
    if (index % 4 === 1) return [name, relu()]
    if (index % 4 === 2) return [name, addition('a', 'b'), { a: `n${index - 1}`, b: `n${index - 2}` }]
    return [name, index % 4 === 3 ? shared('n0') : affine(2, 2)]
  })
  const built = graphFrom(['N', 2], entries)
  if (isLeft(built)) throw new Error(built.left)
  return built.right
}

function roundTripTime(count: number): number {
  const net = longNet(count)
  const began = performance.now()
  const spec = toSpec(net)
  const again = fromSpec(kinds)(spec)
  const took = performance.now() - began
  expect(isLeft(again)).toBe(false)
  return took
}

test('a net of 10,000 nodes makes the round trip', () => {
  const spec = toSpec(longNet(10_000))
  const again = parseSpec(kinds)(JSON.stringify(spec))
  expect(JSON.stringify(isLeft(again) ? again.left : toSpec(again.right))).toBe(JSON.stringify(spec))
})

test('in time linear in the number of nodes', () => {
  roundTripTime(2000)
  const least = (count: number) => Math.min(...[1, 2, 3].map(() => roundTripTime(count)))
  const small = least(2000)
  expect(least(16_000)).toBeLessThan(8 * 3 * small)
})

test('an error in the last of 10,000 nodes names it', () => {
  const spec = JSON.parse(JSON.stringify(toSpec(longNet(10_000))).replace('"n9996"', '"9996"')) as unknown
  expect(fromSpec(kinds)(spec)).toMatchObject({ left: { path: 'net.nodes[9996].name' } })
})
