import { addition, affine, concat, identity, l2, softmaxCrossEntropy, type Net } from '@pullback/core'
import { expect, test } from 'vitest'
import { hold } from '../../test/mutants/hold.ts'
import { gradientsOf, planted } from '../../test/mutants/planted.ts'

const smooth: readonly (readonly [string, Net])[] = [
  ['affine', affine(3, 2)],
  ['softmaxCrossEntropy', softmaxCrossEntropy(3)],
  ['l2', l2(0.5)],
  ['identity', identity()],
  ['addition', addition('a', 'b')],
  ['concat', concat(['a', 2], ['b', 2])],
]

const cases = smooth.flatMap(([name, layer]) =>
  gradientsOf(layer).map((tensor) => [`${name}, ${tensor}`, layer, tensor] as const),
)

test.each(cases)(
  'a relative error of 1e-8 in one entry of one gradient is caught: %s',
  (_, layer, tensor) => {
    const caught = hold({ layer: planted(layer, tensor, 1e-8) }, { seed: 1, runs: 100, isShrunk: false })
    expect(caught?.law).toBe('gradient')
    expect(caught?.violation?.place?.tensor).toBe(tensor)
  },
)

test('the same layers without it pass', () => {
  for (const [, layer] of smooth) {
    expect(hold({ layer: planted(layer, 'nothing', 1e-8) }, { seed: 1, runs: 100 })).toBeUndefined()
  }
})
