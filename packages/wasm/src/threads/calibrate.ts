import { now } from '../engine/clock.ts'
import { control } from './control.ts'

/** For how long a thread that has nothing to do stays awake: about what it costs to wake it. */
const idleMilliseconds = 0.07

/** Whether this thread may sleep: the window of a browser may not. */
export function mayWait(words: Int32Array): boolean {
  try {
    // The word is not what it is compared with, so that this does not sleep where it may.
    Atomics.wait(words, control.wake / 4, Atomics.load(words, control.wake / 4) + 1, 0)
    return true
  } catch {
    return false
  }
}

/** How often a thread looks for work before it sleeps; `look` takes how often it shall. */
export function looksWhileIdle(look: (times: number) => void): number {
  const times = 10_000
  let least = Infinity
  for (let attempt = 0; attempt < 3; attempt++) {
    const before = now()
    look(times)
    least = Math.min(least, now() - before)
  }
  // Clocks of browsers are coarse, and may say that no time has passed.
  return Math.round(Math.min(1e6, Math.max(1000, (idleMilliseconds / Math.max(least, 0.001)) * times)))
}
