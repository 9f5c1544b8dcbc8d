import { expect } from 'vitest'

export interface Failure {
  readonly line: number
  readonly message: string
}

/** What has happened in one module: the blocks that it reached, by their opening lines, and what was wrong. */
export interface Recorder {
  readonly reached: readonly number[]
  readonly failures: readonly Failure[]
  readonly reach: (opening: number) => void
  readonly equal: (line: number, actual: unknown, expected: unknown) => void
  readonly throws: (line: number, run: () => Promise<unknown>, sentence: string) => Promise<void>
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** A recorder: a wrong value does not end the module, so that all of them are found at once. */
export function recorder(): Recorder {
  const reached: number[] = []
  const failures: Failure[] = []
  const equal = (line: number, actual: unknown, expected: unknown): void => {
    try {
      expect(actual).toEqual(expected)
    } catch (error) {
      failures.push({ line, message: messageOf(error) })
    }
  }
  return {
    reached,
    failures,
    reach: (opening) => void reached.push(opening),
    equal,
    throws: async (line, run, sentence) => {
      const nothing = Symbol('nothing')
      const error = await run().then(
        () => nothing,
        (reason: unknown) => reason,
      )
      if (error === nothing) failures.push({ line, message: `nothing was thrown, expected '${sentence}'` })
      else equal(line, messageOf(error), sentence)
    },
  }
}

const recorders = new Map<string, Recorder>()

/** The one recorder of a module, by its URL. */
export function recorderOf(url: string): Recorder {
  const known = recorders.get(url)
  if (known !== undefined) return known
  const fresh = recorder()
  recorders.set(url, fresh)
  return fresh
}
