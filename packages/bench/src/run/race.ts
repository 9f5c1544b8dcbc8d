import type { Peer } from '../peers/catalog.ts'
import { titleOf } from '../peers/title.ts'
import { enter, outcomeOf, timed, type Contestant, type Task } from './contestant.ts'
import type { Outcome } from './outcome.ts'

/** How long to measure. */
export interface Pace {
  readonly rounds: number
  /** What a batch of steps should take, in milliseconds: far above the resolution of clocks. */
  readonly batchMilliseconds: number
  /** What all rounds of one peer may take, in milliseconds; a slow one gets fewer of them. */
  readonly budgetMilliseconds: number
}

/** The rounds of one contestant at one size. */
interface Lane {
  readonly contestant: Contestant
  readonly count: number
  readonly rounds: number
  peakBytes: number
}

const mostSteps = 1e6

/** Steps in growing batches until one takes long enough, which also lets engines optimise; then how many fill a batch. */
async function prepareLane(contestant: Contestant, pace: Pace): Promise<Lane> {
  for (let count = 1; ; count = Math.min(mostSteps, 2 * count)) {
    const { milliseconds, peakBytes } = await timed(contestant, count)
    if (milliseconds < pace.batchMilliseconds && count < mostSteps) continue
    const each = milliseconds / count
    const perBatch = Math.max(1, Math.round(pace.batchMilliseconds / each))
    const affordable = Math.floor(pace.budgetMilliseconds / (perBatch * each))
    const rounds = Math.max(1, Math.min(pace.rounds, affordable))
    if (affordable < 1) contestant.times.push(each)
    return { contestant, count: perBatch, rounds: affordable < 1 ? 0 : rounds, peakBytes }
  }
}

/** One batch of steps; whether the contestant is to go on. */
async function runRound(lane: Lane): Promise<void> {
  const { milliseconds, count, peakBytes } = await timed(lane.contestant, lane.count)
  lane.contestant.times.push(milliseconds / count)
  lane.peakBytes = peakBytes
}

/**
 * Runs peers against each other at one size: all processes are alive at once, and round after round each takes a batch
 * of steps while the others idle, so that what disturbs the machine disturbs all.
 */
export async function race(
  peers: readonly Peer[],
  task: Task,
  pace: Pace,
  tell: (progress: string) => void,
): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>()
  const lanes: Lane[] = []
  const fail = (title: string, error: unknown): void => {
    outcomes.set(title, { kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
  }
  for (const peer of peers) {
    const title = titleOf(peer)
    tell(`${task.size.name}: ${title}`)
    const entered = await enter(peer, task)
    if (entered.kind !== 'ready') outcomes.set(title, entered)
    else
      try {
        lanes.push(await prepareLane(entered, pace))
      } catch (error) {
        entered.child.end()
        fail(title, error)
      }
  }
  const longest = Math.max(0, ...lanes.map(({ rounds }) => rounds))
  for (let round = 0; round < longest; round++) {
    tell(`${task.size.name}: round ${round + 1} of ${longest}`)
    for (const index of lanes.keys()) {
      const lane = lanes[(index + round) % lanes.length]
      const title = lane && titleOf(lane.contestant.peer)
      if (lane === undefined || title === undefined || round >= lane.rounds || outcomes.has(title)) continue
      try {
        await runRound(lane)
      } catch (error) {
        fail(title, error)
      }
    }
  }
  for (const { contestant, peakBytes } of lanes) {
    const title = titleOf(contestant.peer)
    if (!outcomes.has(title)) outcomes.set(title, outcomeOf(contestant, task, peakBytes))
    contestant.child.end()
  }
  return outcomes
}
