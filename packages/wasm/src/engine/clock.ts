interface Timers {
  readonly performance: { readonly now: () => number }
  readonly setTimeout: (then: () => void, milliseconds: number) => unknown
}

// What engines have beside the language, and its types therefore do not.
const timers = globalThis as unknown as Timers

/** Milliseconds since some time. */
export const now = (): number => timers.performance.now()

/** Lets so many milliseconds pass, and whatever else has its turn. */
export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    timers.setTimeout(resolve, milliseconds)
  })
