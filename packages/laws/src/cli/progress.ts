/** A line that says how far a long run is. */
export interface Progress {
  /** Counts one run of this law. */
  readonly tick: (layer: string, law: string, runs: number) => void
  /** Removes the line. */
  readonly clear: () => void
}

/** Where progress goes, and what the time is, in milliseconds. */
export interface ProgressTerminal {
  readonly write: (text: string) => void
  readonly isTTY: boolean
  readonly now: () => number
}

const silent: Progress = { tick: () => undefined, clear: () => undefined }

/** Milliseconds before the line appears, and between two of its states. */
const [patience, pause] = [500, 100]

/** A progress line for a terminal; silent when the output is piped, and on short runs. */
export function progressOn({ write, isTTY, now }: ProgressTerminal): Progress {
  if (!isTTY) return silent
  let last = now() + patience - pause
  let current = ''
  let done = 0
  let shown = false
  return {
    tick(layer, law, runs) {
      const title = `${layer}: ${law}`
      done = title === current ? done + 1 : 1
      current = title
      if (now() - last < pause) return
      last = now()
      shown = true
      write(`\r\u001B[2K${title} ${Math.min(done, runs)}/${runs}`)
    },
    clear() {
      if (shown) write('\r\u001B[2K')
      shown = false
    },
  }
}
