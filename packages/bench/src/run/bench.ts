import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Options } from '../options/options.ts'
import { titleOf } from '../peers/title.ts'
import { generate } from '../problem/generate.ts'
import { writeProblem } from '../problem/problemFile.ts'
import { thisMachine } from '../report/machine.ts'
import type { Result, Row } from '../report/result.ts'
import type { Outcome } from './outcome.ts'
import { findPython } from './python.ts'
import { race, type Pace } from './race.ts'
import { referenceLosses } from './verify.ts'

const paceOf = ({ rounds, quick }: Options): Pace =>
  quick
    ? { rounds, batchMilliseconds: 20, budgetMilliseconds: 1000 }
    : { rounds, batchMilliseconds: 100, budgetMilliseconds: 8000 }

/** Runs all chosen peers at all chosen sizes. */
export async function bench(
  options: Options,
  command: string,
  tell: (text: string) => void,
): Promise<Result> {
  const { sizes, peers, rounds } = options
  const python = options.python ?? findPython()
  const folder = mkdtempSync(join(tmpdir(), 'pullback-bench-'))
  const bySize = new Map<string, ReadonlyMap<string, Outcome>>()
  try {
    for (const size of sizes) {
      const problem = generate(size, 0)
      const file = join(folder, size.name)
      tell(`${size.name}: the reference, in float64`)
      const expected = referenceLosses(problem, 3)
      writeProblem(file, problem)
      bySize.set(size.name, await race(peers, { size, file, expected, python }, paceOf(options), tell))
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  const rows = peers.map((peer): Row => {
    const title = titleOf(peer)
    const outcomes = [...bySize].flatMap(([size, found]): [string, Outcome][] => {
      const outcome = found.get(title)
      return outcome ? [[size, outcome]] : []
    })
    return {
      title,
      family: peer.family,
      threads: peer.threads,
      remark: peer.remark,
      outcomes: Object.fromEntries(outcomes),
    }
  })
  return { machine: thisMachine(), command, rounds, sizes, rows }
}
