import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as E from '#fp/Either'
import { refuse, type Failure } from './failure.ts'

/** Refuses, before anything is trained, a folder for reports that cannot be made: a file is in its place or above it. */
export async function checkOut(path: string): Promise<E.Either<Failure, void>> {
  for (let place = path; ; place = dirname(place)) {
    const found = await stat(place).catch(() => undefined)
    if (found?.isDirectory() === true) return E.right(undefined)
    if (found !== undefined) return refuse(`--out ${path}: ${place} is a file, not a folder`)
    if (place === dirname(place)) return E.right(undefined)
  }
}
