/**
 * Where the words lie, in bytes, by which threads talk to each other: within what a heap reserves. Those that different
 * threads write at the same time have cache lines of their own.
 */
export const control = {
  /** 64 bits: the open job and its next chunk, see `jobWord`. */
  job: 0,
  /** How many chunks of the job workers have finished. */
  done: 64,
  /** How many workers sleep, or are about to. */
  sleepers: 128,
  /** What a sleeping worker waits on: it changes whenever somebody is to wake. */
  wake: 192,
  /** How many messages each worker has been sent. */
  offered: 256,
  /** 1 while the main thread sleeps until chunks are done. */
  mainWaits: 320,
  /** How many chunks of the job have failed. */
  failed: 324,
  /** 1 once a worker has not come back: nothing is run any more. */
  broken: 328,
  /** 1 once the main thread is to run everything itself. */
  alone: 352,
  /** 1 if the main thread may sleep, which the window of a browser may not. */
  mayWait: 336,
  /** How many milliseconds the main thread waits for a chunk, a float64. */
  limit: 344,
  /** For each thread, the number of the newest program that it has loaded; less than 0 once it is dead. */
  loaded: 512,
  /** For each thread, 1 while it counts as a sleeper. */
  asleep: 1024,
  /** For each thread, the address of its scratch memory. */
  scratch: 1536,
  /** How many characters say why the first chunk failed, and these. */
  reasonLength: 2048,
  reason: 2052,
} as const

export const mostThreads = 128
