import { expect, test } from 'vitest'
import { rightLayers } from '../../test/mutants/right/rightLayers.ts'
import { variants } from '../../test/soak/variants.ts'
import { watch } from '../../test/soak/watch.ts'

// `npm run laws:soak` does the same for a million samples.
const seed = Math.floor(Math.random() * 2 ** 31)
const samples = 50

const layers = [...rightLayers, ...variants]

test.each(layers.map((layer) => [layer.name, layer] as const))(`no alarm at seed ${seed}: %s`, (_, layer) => {
  const { alarms, undecided } = watch(layer, seed, samples)
  expect(alarms).toEqual([])
  expect(undecided.get('resolution') ?? 0).toBeLessThan(0.05)
})

test('the seed is fresh and printed', () => {
  process.stdout.write(`false alarms: seed ${seed}, ${layers.length} layers at ${samples} samples\n`)
  expect(Number.isInteger(seed)).toBe(true)
})
