import { catalogue } from './catalogue.ts'
import { hold, shortcomings } from './hold.ts'

export function main(args: readonly string[]): number {
  const runs = Number(args[0] ?? 50)
  const seed = Number(args[1] ?? Date.now() % 1e6)
  const only = args[2] ?? ''
  let missed = 0
  for (const mutant of catalogue.filter(({ name }) => name.includes(only))) {
    const started = performance.now()
    const caught = hold(mutant, seed, runs)
    const time = `${(performance.now() - started).toFixed(0)} ms`
    if (caught === undefined) missed += 1
    const faults = caught === undefined ? ['MISSED'] : shortcomings(caught, mutant.expected)
    if (faults.length > 0 || only !== '')
      process.stdout.write(
        `${mutant.name}: ${faults.join(', ')} [${time}] ${only === '' ? '' : caught?.message}\n`,
      )
  }
  process.stdout.write(`${catalogue.length} entries, ${missed} missed, seed ${seed}\n`)
  return 0
}
