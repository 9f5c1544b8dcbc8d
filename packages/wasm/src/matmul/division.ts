import type { MatmulKernel } from './kernel.ts'
import { roundedUp } from './roundedUp.ts'

/** What copying an element costs, in multiply-adds. */
const copyCost = 8

interface Blocked {
  readonly m: number
  readonly n: number
  /** Whether each rectangle copies its rows of a, as it does its columns of b. */
  readonly copiesA: boolean
  readonly granularity: MatmulKernel['granularity']
}

type Division = ReturnType<MatmulKernel['divide']>

/** The division into rectangles, one a thread, of which the largest costs least: tall ones copy less of b, wide ones of a. */
export function cheapestDivision({ m, n, copiesA, granularity }: Blocked, threads: number): Division {
  const cost = ({ rows, columns }: Division) => {
    const height = roundedUp(Math.ceil(m / rows), granularity.rows)
    const width = roundedUp(Math.ceil(n / columns), granularity.columns)
    return height * width + copyCost * (width + (copiesA ? height : 0))
  }
  const mostRows = Math.max(1, Math.min(threads, Math.ceil(m / granularity.rows)))
  const mostColumns = Math.max(1, Math.ceil(n / granularity.columns))
  return Array.from({ length: mostRows }, (_, index) => ({
    rows: index + 1,
    columns: Math.min(mostColumns, Math.floor(threads / (index + 1))),
  })).reduce((best, division) => (cost(division) < cost(best) ? division : best), { rows: 1, columns: 1 })
}
