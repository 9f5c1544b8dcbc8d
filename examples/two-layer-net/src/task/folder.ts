import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import * as E from '#fp/Either'
import type { DataName } from '../arguments/options.ts'
import { refuse, type Failure } from '../failure.ts'

/** Where a data set is looked for if `--dir` does not say, relative to the working folder. */
const places = (data: DataName): readonly string[] => [
  `data/${data}`,
  `../shared/data/${data}`,
  // A part of the set is enough.
  ...(data === 'cifar10' ? ['../shared/data/cifar10-12k'] : []),
]

/** The folder of a data set: the one named, or the first of the usual ones that is there. */
export function folderOf(data: DataName, dir: string | undefined, cwd: string): E.Either<Failure, string> {
  if (dir !== undefined) return E.right(resolve(cwd, dir))
  const candidates = places(data).map((place) => resolve(cwd, place))
  const found = candidates.find((place) => existsSync(place))
  return found === undefined
    ? refuse(
        `there are no data for ${data}: looked in ${candidates.join(' and ')}; name their folder with --dir`,
      )
    : E.right(found)
}
