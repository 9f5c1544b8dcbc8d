import { expect, test } from 'vitest'
import { grownLoss } from './grownLoss.ts'

test('a loss far above that of the beginning is worth a sentence', () => {
  expect(grownLoss(1.2, 8e13)).toBe(
    'the loss grew from 1.2000 to 8.0000e13; a lower --learning-rate may help',
  )
  for (const last of [0.01, 1.2, 1.5]) expect(grownLoss(1.2, last)).toBeUndefined()
})
