// The one timer that Node, browsers and workers share; the library's own types know none.
declare const setTimeout: (callback: () => void) => unknown

const patience = 40

/**
 * Lets others run, a page be drawn or a key be read, where training has been running for long; when it does so has no
 * influence on the numbers.
 */
export function pauses(): () => Promise<void> {
  let last = Date.now()
  return async () => {
    if (Date.now() - last < patience) return
    await new Promise<void>((resolve) => {
      setTimeout(resolve)
    })
    last = Date.now()
  }
}
