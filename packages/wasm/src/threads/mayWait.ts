import { control } from './control.ts'

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
