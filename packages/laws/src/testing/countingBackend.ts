import { backendOf, type Backend } from '@pullback/core'

/** The reference under another name, with counts of what it is asked for. */
export function countingBackend(): Backend & { readonly counts: { prepared: number; runs: number } } {
  const counts = { prepared: 0, runs: 0 }
  return {
    name: 'counting',
    description: 'the reference, counted',
    rank: 1,
    counts,
    prepare(program) {
      counts.prepared += 1
      const executable = backendOf('reference').prepare(program)
      return {
        ...executable,
        run() {
          counts.runs += 1
          executable.run()
        },
      }
    },
  }
}
