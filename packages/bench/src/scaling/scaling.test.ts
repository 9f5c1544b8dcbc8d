import { expect, it } from 'vitest'
import type { Growth } from './growth.ts'
import { toPlot } from './plot.ts'
import { toLines } from './scaling.ts'

const growth = (title: string, dimension: Growth['dimension'], factor: number): Growth => ({
  title,
  dimension,
  points: [20, 200, 2000].map((value) => ({ value, microseconds: factor * value })),
})

const growths = [growth('a', 'N', 1), growth('a', 'layers', 2), growth('b', 'N', 30)]

it('says how many times the cost is at how many times the size', () => {
  expect(toLines(growths).split('\n')[0]).toBe(
    'a, N: 100 times the cost at 100 times the size (20: 20.0, 200: 200, 2000: 2,000)',
  )
})

it('draws a panel for every dimension', () => {
  expect(toPlot(growths)).toMatchSnapshot()
})
