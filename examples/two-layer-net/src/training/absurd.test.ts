import { expect, test } from 'vitest'
import { absurdLoss } from './absurd.ts'

test('a loss far above that of guessing is worth a sentence', () => {
  expect(absurdLoss(8e13, 3)).toBe(
    'the loss grew to 8.0000e13, where guessing among 3 classes has 1.0986; a lower --learning-rate may help',
  )
  for (const loss of [0.01, 1.0986, 1.2]) expect(absurdLoss(loss, 3)).toBeUndefined()
})
