import { readCsv, type DataError, type Dataset } from '@pullback/data'
import { basename } from 'node:path'
import * as E from '#fp/Either'
import { refuse, type Failure } from '../failure.ts'
import { csvFile } from './csvFile.ts'
import { csvHeader, firstLine, otherSeparator } from './csvHeader.ts'
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

/**
 * Reads a table whose classes are numbers from 0; or, if some are not, as with -1 and 1, takes all of them for names.
 *
 * The file of a header that lists the classes means numbers, so a wrong one is wrong.
 */
async function readTable(file: string, line: string): Promise<E.Either<DataError, Dataset>> {
  const header = csvHeader(line)
  const numbered = await readCsv(file, { header })()
  return E.isRight(numbered) || header === 'counts' ? numbered : readCsv(file, { header, labels: 'names' })()
}

/** The task of a CSV file: numbers in all columns but the last, which is the class. */
export async function csvTask(path: string, seed: number): Promise<E.Either<Failure, Task>> {
  const found = await csvFile(path)
  if (E.isLeft(found)) return found
  const file = found.right
  const line = await firstLine(file)
  const separator = otherSeparator(line)
  if (separator !== undefined)
    return refuse(
      `${file}, line 1: expected columns separated by commas, found ${separator} between them; save it with commas`,
    )
  const read = await readTable(file, line)
  if (E.isLeft(read)) return refuse(read.left.message)
  const reason = unfit(read.right)
  if (reason !== undefined) return refuse(`${file}: ${reason}`)
  const title = basename(file)
  const settings = {
    title,
    seed,
    held: 0.2,
    scaling: 'standardised',
    before: 'columns as they are in the file',
  } as const
  return E.right(prepare({ train: read.right, test: undefined }, settings))
}
