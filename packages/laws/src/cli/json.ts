import type { Failure, Result, Results } from './result.ts'

/** JSON has no NaN and no Infinity. */
const finite = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value

function failureOf({ sentence, violation, seed, path, token }: Failure) {
  const { place, analytic, expected, bound, hint } = violation ?? {}
  return { sentence, place, analytic, expected, bound, hint, seed, path, token }
}

const lawOf = ({ law, runs, undecided, seconds, failure }: Result) => ({
  law,
  verdict: failure === undefined ? 'holds' : 'violated',
  runs,
  undecided,
  seconds,
  ...(failure && { failure: failureOf(failure) }),
})

/** The results as JSON: what a dashboard or a later run can compare. */
export function json({ seed, results }: Results): string {
  const names = [...new Set(results.map(({ layer }) => layer))]
  const layers = names.map((name) => ({
    name,
    laws: results.filter(({ layer }) => layer === name).map(lawOf),
  }))
  const holds = results.every(({ failure }) => failure === undefined)
  return `${JSON.stringify({ seed, holds, layers }, finite, 2)}\n`
}
