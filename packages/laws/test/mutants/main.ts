import { inProcesses } from '../command/children.ts'
import { optionsOf, shareOf } from '../command/options.ts'
import { tableOf, type Row } from './table.ts'
import { trials, type Trial } from './trial.ts'

/** Everything that one wrong layer showed at all seeds. */
function tried(trial: Trial, seeds: readonly number[], runs: number): Row {
  const started = performance.now()
  const { name, group } = trial
  const standing = trial.standing()
  const verdicts = standing === 'wrong' ? seeds.map((seed) => ({ seed, verdict: trial.run(seed, runs) })) : []
  return {
    name,
    group,
    standing,
    missedAt: verdicts.filter(({ verdict }) => verdict === undefined).map(({ seed }) => seed),
    misreported: verdicts.flatMap(({ seed, verdict }) =>
      verdict && verdict.faults.length > 0 ? [{ seed, faults: verdict.faults.join(', ') }] : [],
    ),
    hints: verdicts.flatMap(({ seed, verdict }) => (verdict?.hint ? [{ seed, ...verdict.hint }] : [])),
    milliseconds: Math.round(performance.now() - started),
  }
}

/**
 * Holds every wrong layer to the laws.
 *
 *     npm run laws:mutants -- --runs 100 --seeds 10 --seed 1 --group catalogue --only affine --processes 2
 */
export async function main(args: readonly string[]): Promise<number> {
  const options = optionsOf(args)
  const runs = options.number('runs', 100)
  const first = options.number('seed', 1)
  const seeds = Array.from({ length: options.number('seeds', 10) }, (_, index) => first + index)
  const group = options.text('group', 'all')
  const all = trials(
    group === 'catalogue' || group === 'mechanical' ? group : 'all',
    options.text('only', ''),
  )
  const share = shareOf(options)
  if (share !== undefined) {
    for (const [index, trial] of all.entries())
      if (index % share.count === share.index)
        process.stdout.write(`${JSON.stringify(tried(trial, seeds, runs))}\n`)
    return 0
  }
  const rows: Row[] = []
  const ended = await inProcesses(options.number('processes', 2), (line) => {
    rows.push(JSON.parse(line) as Row)
    if (rows.length % 50 === 0) process.stderr.write(`${rows.length} of ${all.length} wrong layers\n`)
  })
  const { text, isGood } = tableOf(rows, seeds, runs)
  process.stdout.write(text)
  if (ended && rows.length === all.length) return isGood ? 0 : 1
  process.stdout.write(`only ${rows.length} of ${all.length} wrong layers were tried\n`)
  return 1
}
