import { startChild, type Child } from '../child/child.ts'
import type { Said } from '../child/messages.ts'
import type { Peer } from '../peers/catalog.ts'
import type { Size } from '../problem/sizes.ts'
import { summarise } from '../statistics/statistics.ts'
import type { Absent, Failed, Measured } from './outcome.ts'
import { deviationOf, tolerance } from './verify.ts'

/** A peer that passed its first steps, its child waiting for orders. */
export interface Contestant {
  readonly kind: 'ready'
  readonly peer: Peer
  readonly child: Child
  readonly startMilliseconds: number
  readonly first: Said<'first'>
  readonly verified: Said<'verified'>
  /** Milliseconds a step, of every round so far. */
  readonly times: number[]
}

/** What a problem is, where it lies, what its losses are, and the Python to run the Python peers with. */
export interface Task {
  readonly size: Size
  readonly file: string
  readonly expected: readonly number[]
  readonly python: string
}

const failed = (reason: string): Failed => ({ kind: 'failed', reason })

/** Starts a peer's process and has it take its first steps, while nobody else does anything. */
export async function enter(peer: Peer, { size, file, python }: Task): Promise<Contestant | Absent | Failed> {
  const started = performance.now()
  const child = startChild(peer, size, file, python)
  const first = await child.next()
  const startMilliseconds = performance.now() - started
  const verified = first.kind === 'first' ? await child.next() : first
  if (first.kind === 'first' && verified.kind === 'verified')
    return { kind: 'ready', peer, child, startMilliseconds, first, verified, times: [] }
  child.end()
  if (verified.kind === 'absent') return verified
  return failed(verified.kind === 'failed' ? verified.reason : `it said '${verified.kind}' out of turn`)
}

/** Has a contestant take so many steps. */
export async function timed({ child }: Contestant, count: number): Promise<Said<'timed'>> {
  child.order(count)
  const answer = await child.next()
  if (answer.kind === 'timed') return answer
  throw new Error(answer.kind === 'failed' ? answer.reason : `it said '${answer.kind}' out of turn`)
}

/** What the rounds of a contestant come to. */
export function outcomeOf(
  { peer, first, verified, times, startMilliseconds }: Contestant,
  { expected }: Task,
  peakBytes: number,
): Measured {
  const microseconds = summarise(times.map((time) => 1000 * time))
  const deviation = peer.lossless === true ? undefined : deviationOf(verified.losses, expected)
  const compiled = first.prepareMilliseconds + first.stepMilliseconds - microseconds.median / 1000
  const { againMilliseconds: again } = verified
  return {
    kind: 'measured',
    microseconds,
    deviation,
    agrees: deviation === undefined || deviation <= tolerance,
    startMilliseconds,
    compileMilliseconds: peer.compiles === true ? compiled : undefined,
    againMilliseconds: again === undefined ? undefined : Math.max(0, again - microseconds.median / 1000),
    peakBytes,
  }
}
