import { createInterface } from 'node:readline'
import { catalog, type Peer } from '../peers/catalog.ts'
import { titleOf } from '../peers/title.ts'
import type { Prepared } from '../peers/peer.ts'
import { readProblem } from '../problem/problemFile.ts'
import { toLine, type Message } from './messages.ts'
import { peakBytes } from './peakBytes.ts'

const say = (said: Message): void => void process.stdout.write(toLine(said))

/** Takes three steps and says their losses and how long they took. */
async function verify({ step, loss, compileAgain }: Prepared, prepareMilliseconds: number) {
  const losses: (number | null)[] = []
  const stepMilliseconds: number[] = []
  for (const index of [0, 1, 2]) {
    const before = performance.now()
    await step(1)
    const value = await loss()
    stepMilliseconds.push(performance.now() - before)
    losses.push(Number.isFinite(value) ? value : null)
    if (index === 0)
      say({
        kind: 'first',
        prepareMilliseconds,
        stepMilliseconds: performance.now() - before,
      })
  }
  const againMilliseconds = compileAgain?.()
  say({
    kind: 'verified',
    losses,
    stepMilliseconds,
    ...(againMilliseconds !== undefined && { againMilliseconds }),
  })
}

/** The life of a child: one contender, one problem. */
async function main([title, path = '', name = '', ...numbers]: readonly string[]): Promise<void> {
  const [N = 0, D = 0, H = 0, C = 0] = numbers.map(Number)
  const runs: Peer['runs'] | undefined = catalog.find((peer) => titleOf(peer) === title)?.runs
  if (typeof runs !== 'function') throw new TypeError(`no contender in JavaScript is called '${title}'`)
  const contender = await runs()
  const reason = await contender.available?.()
  if (reason !== undefined) return say({ kind: 'absent', reason })
  const problem = readProblem(path, { name, N, D, H, C })
  const started = performance.now()
  const prepared = await contender.prepare(problem)
  await verify(prepared, performance.now() - started - (prepared.startMilliseconds ?? 0))
  for await (const line of createInterface({ input: process.stdin })) {
    const count = Number(line)
    const before = performance.now()
    await prepared.step(count)
    const milliseconds = performance.now() - before
    say({ kind: 'timed', count, milliseconds, peakBytes: peakBytes() })
  }
  prepared.dispose?.()
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  say({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
}
process.exit()
