// The one timer that Node, browsers and workers share; the library's own types know none.
declare const setTimeout: (callback: () => void) => unknown

const patience = 40

/** When others are to run, a page is to be drawn or a key to be read; it has no influence on the numbers. */
export interface Pauses {
  /** Whether training has been running for long. */
  readonly areDue: () => boolean
  /** Lets others run. */
  readonly take: () => Promise<void>
}

/** The pauses of a run that begins now. */
export function pauses(): Pauses {
  let last = Date.now()
  return {
    areDue: () => Date.now() - last >= patience,
    async take() {
      await new Promise<void>((resolve) => {
        setTimeout(resolve)
      })
      last = Date.now()
    },
  }
}
