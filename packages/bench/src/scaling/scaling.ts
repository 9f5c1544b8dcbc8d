import { entries } from '../peers/pullback/entries.ts'
import type { Options } from '../options/options.ts'
import { titleOf } from '../peers/title.ts'
import { threeDigits } from '../report/numbers.ts'
import { grow, ranges, type Dimension, type Growth } from './growth.ts'

const dimensions = Object.keys(ranges) as readonly Dimension[]

/** Measures every chosen backend along every dimension. */
export function scaling({ peers, rounds, quick }: Options, tell: (text: string) => void): readonly Growth[] {
  const growths: Growth[] = []
  for (const entry of entries.filter((one) => peers.some((peer) => titleOf(peer) === titleOf(one))))
    for (const dimension of dimensions) {
      tell(`${titleOf(entry)}: ${dimension}`)
      growths.push(grow(entry, dimension, { rounds, batchMilliseconds: quick ? 5 : 50 }))
    }
  return growths
}

const costs = ({ points }: Growth): string =>
  points.map(({ value, microseconds }) => `${value}: ${threeDigits(microseconds)}`).join(', ')

/** The microseconds of a step, a line for each backend and dimension, and how many times the first the last costs. */
export const toLines = (growths: readonly Growth[]): string =>
  growths
    .map((growth) => {
      const [first, last] = [growth.points[0], growth.points.at(-1)]
      const times = first && last ? threeDigits(last.microseconds / first.microseconds) : '-'
      const wider = first && last ? threeDigits(last.value / first.value) : '-'
      return `${growth.title}, ${growth.dimension}: ${times} times the cost at ${wider} times the size (${costs(growth)})`
    })
    .join('\n')
