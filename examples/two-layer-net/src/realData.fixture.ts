import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A file or folder of real data that may be there or not. */
export interface RealData {
  readonly path: string
  readonly absent: boolean
  /** The end of the title of a test that needs it: says why the test is skipped, if it is. */
  readonly note: string
}

/** Real data beside the repository, in the folders of the published sets. */
export function realData(name: string): RealData {
  const path = fileURLToPath(new URL(`../../../../shared/data/${name}`, import.meta.url))
  const absent = !existsSync(path)
  return { path, absent, note: absent ? ` (skipped: no ../shared/data/${name})` : '' }
}
