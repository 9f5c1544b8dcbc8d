import type { Standing } from './equivalence.ts'

/** Everything that one wrong layer showed at all seeds. */
export interface Row {
  readonly name: string
  readonly group: 'catalogue' | 'mechanical'
  readonly standing: Standing
  /** The seeds at which it got through. */
  readonly missedAt: readonly number[]
  /** What the report got wrong, and where. */
  readonly misreported: readonly { readonly seed: number; readonly faults: string }[]
  /** The hints where one is expected. */
  readonly hints: readonly { readonly seed: number; readonly isRight: boolean; readonly text: string }[]
  readonly milliseconds: number
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`

const kindOf = ({ name }: Row): string => name.split(':')[0] ?? name

function summary(rows: readonly Row[], seeds: readonly number[]): readonly string[] {
  const wrong = rows.filter(({ standing }) => standing === 'wrong')
  const count = (standing: Standing) => rows.filter((row) => row.standing === standing).length
  const caughtAt = seeds.map((seed) => wrong.filter(({ missedAt }) => !missedAt.includes(seed)).length)
  const trials = wrong.length * seeds.length
  const caught = caughtAt.reduce((sum, each) => sum + each, 0)
  const misreported = wrong.reduce((sum, row) => sum + row.misreported.length, 0)
  const hints = wrong.flatMap((row) => row.hints)
  const rightHints = hints.filter(({ isRight }) => isRight).length
  const always = wrong.filter(({ missedAt }) => missedAt.length === 0).length
  return [
    `  ${rows.length} in all: ${count('equal')} equivalent, ${count('legitimate')} legitimate at kinks, ${wrong.length} wrong`,
    `  caught at each seed: ${seeds.map((seed, index) => `${seed}: ${caughtAt[index]}`).join(', ')}`,
    `  caught ${percent(caught, trials)}, at every seed ${always} of ${wrong.length}; reported as expected ${percent(caught - misreported, caught)} of the caught, hints ${percent(rightHints, hints.length)} of ${hints.length}`,
  ]
}

/** A line for each kind of layer, then what got through or was misreported. */
export function tableOf(
  rows: readonly Row[],
  seeds: readonly number[],
  runs: number,
): { readonly text: string; readonly isGood: boolean } {
  const lines: string[] = []
  let isGood = true
  for (const group of ['catalogue', 'mechanical'] as const) {
    const own = rows.filter((row) => row.group === group).toSorted((a, b) => (a.name < b.name ? -1 : 1))
    if (own.length === 0) continue
    lines.push(`${group}, ${runs} runs at each of ${seeds.length} seeds`)
    for (const kind of new Set(own.map(kindOf))) {
      const these = own.filter((row) => kindOf(row) === kind)
      const wrong = these.filter(({ standing }) => standing === 'wrong')
      const missed = wrong.reduce((sum, { missedAt }) => sum + missedAt.length, 0)
      const time = these.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000
      lines.push(
        `  ${kind.padEnd(22)} ${String(wrong.length).padStart(4)} wrong  caught ${percent(wrong.length * seeds.length - missed, wrong.length * seeds.length).padStart(8)}  ${time.toFixed(1).padStart(7)} s`,
      )
    }
    for (const { name, missedAt, misreported, hints } of own) {
      if (missedAt.length > 0) lines.push(`  missed: ${name} (seeds ${missedAt.join(', ')})`)
      const [first] = misreported
      if (first !== undefined)
        lines.push(`  misreported ${misreported.length} times: ${name}: ${first.faults} (seed ${first.seed})`)
      const unhelpful = hints.filter(({ isRight }) => !isRight)
      if (unhelpful[0] !== undefined)
        lines.push(
          `  hint ${unhelpful.length} times: ${name}: ${unhelpful[0].text} (seed ${unhelpful[0].seed})`,
        )
    }
    lines.push(...summary(own, seeds))
    const wrong = own.filter(({ standing }) => standing === 'wrong')
    const missed = wrong.reduce((sum, { missedAt }) => sum + missedAt.length, 0)
    const allowed = group === 'catalogue' ? 0 : 0.01 * wrong.length * seeds.length
    isGood &&= missed <= allowed
  }
  return { text: `${lines.join('\n')}\n`, isGood }
}
