import { expect, test } from 'vitest'
import { indexIn, placeOf, showPlace } from './place.ts'

test('positions are row-major', () => {
  expect(indexIn(5, [2, 3])).toEqual([1, 2])
  expect(indexIn(0, [])).toEqual([])
})

test('entries are counted through all tensors', () => {
  const variables = [
    { name: 'params.W', shape: [2, 2], dtype: 'float64' as const },
    { name: 'params.s', shape: [], dtype: 'float64' as const },
    { name: 'input', shape: [3], dtype: 'float64' as const },
  ]
  const shown = [0, 3, 4, 7].map((entry) => showPlace(placeOf({ variables }, entry)))
  expect(shown).toEqual(['params.W[0, 0]', 'params.W[1, 1]', 'params.s', 'input[2]'])
  expect(() => placeOf({ variables }, 8)).toThrow(RangeError)
})
