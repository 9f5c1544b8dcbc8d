import { readCsv, type Dataset } from '@pullback/data'
import { basename } from 'node:path'
import * as E from '#fp/Either'
import { refuse, type Failure } from '../failure.ts'
import { csvFile } from './csvFile.ts'
import { csvHeader } from './csvHeader.ts'
import { prepare } from './prepare.ts'
import type { Task } from './task.ts'

/** Why a table cannot be learnt from, if so. */
function unfit({ size, classes }: Dataset): string | undefined {
  if (classes < 2)
    return 'all its examples are of one class; a class in the last column must differ somewhere'
  if (size < 10)
    return `it has ${size} examples; 10 are the least that can be parted into training and validation`
  return undefined
}

/** The task of a CSV file: numbers in all columns but the last, which is the class. */
export async function csvTask(path: string, seed: number): Promise<E.Either<Failure, Task>> {
  const found = await csvFile(path)
  if (E.isLeft(found)) return found
  const file = found.right
  const header = await csvHeader(file)
  const read = await readCsv(file, { header })()
  if (E.isLeft(read)) return refuse(read.left.message)
  const reason = unfit(read.right)
  if (reason !== undefined) return refuse(`${file}: ${reason}`)
  const title = basename(file)
  const settings = { title, seed, held: 0.2, standardised: true, before: 'columns as they are in the file' }
  return E.right(prepare({ train: read.right, test: undefined }, settings))
}
