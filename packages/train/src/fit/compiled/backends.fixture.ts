import { backendOf, type Backend, type Executable, type Storage } from '@pullback/core'

/** The reference, as a backend that compiled folds run on: what they give is what the interpreter gives, to the bit. */
export const mirror: Backend = { ...backendOf('reference'), name: 'mirror', description: 'mirror' }

/** A backend of which every run is told its number, counted from 1 over all programs, and may throw. */
export function watchedBackend(
  watch: (run: number) => void,
  change?: (storage: Storage) => Storage,
): Backend {
  let runs = 0
  const watched = (executable: Executable): Executable => ({
    ...executable,
    outputs: change === undefined ? executable.outputs : executable.outputs.map(change),
    run() {
      runs += 1
      watch(runs)
      executable.run()
    },
  })
  return { ...mirror, prepare: (program) => watched(mirror.prepare(program)) }
}
