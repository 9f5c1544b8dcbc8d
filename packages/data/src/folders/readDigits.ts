import { div, type Float } from '@pullback/core'
import { pipe } from '#fp/function'
import * as TE from '#fp/TaskEither'
import { readCsv } from '../csv/readCsv.ts'
import { dataset, type Dataset } from '../dataset/dataset.ts'
import type { DataError } from '../errors/dataError.ts'
import { checkPixels, type PixelOptions } from '../images/pixels.ts'
import { findFile, orGzipped, type Folder } from './findFile.ts'
import { readTrainAndTest, type TrainAndTest } from './trainAndTest.ts'

const remedy = 'put optdigits.tra.csv and digits.csv (gzipped or not) there, or name another folder'

const findParts = (folder: Folder) =>
  pipe(
    TE.Do,
    TE.bind('train', () => findFile(folder, orGzipped(['optdigits.tra.csv', 'optdigits.tra']), remedy)),
    TE.bind('test', () => findFile(folder, orGzipped(['digits.csv', 'optdigits.tes']), remedy)),
  )

/** Every feature counts the dark ones of 4 x 4 pixels. */
const largest = 16

function readPart<D extends Float>(
  path: string,
  { pixels = 'unit', dtype = 'float32' as D }: PixelOptions<D>,
): TE.TaskEither<DataError, Dataset<D>> {
  return pipe(
    readCsv(path, { header: 'none', features: 64, labels: 'numbers', classes: 10, dtype }),
    TE.map((part) =>
      dataset({
        ...part,
        features: pixels === 'unit' ? div(part.features, largest) : part.features,
        imageShape: [8, 8],
      }),
    ),
  )
}

/**
 * Reads the optical recognition of handwritten digits of UCI from a folder (in Node): trained on `optdigits.tra.csv`,
 * tested on `digits.csv`, the test part as scikit-learn carries it, each also with `.gz`. The writers of the two parts
 * are different people.
 *
 * @param folder its path
 * @returns features `[N, 64]`, divided by 16 unless `pixels` is `'raw'`; or one sentence about what is wrong with which
 * file; a missing file says where it looked
 * @throws RangeError when it is called, if an option makes no sense, which is not a matter of data
 */
export function readDigits<D extends Float = 'float32'>(
  folder: string,
  options: PixelOptions<D> = {},
): TE.TaskEither<DataError, TrainAndTest<D>> {
  checkPixels('readDigits', options)
  const copy = { ...options }
  return readTrainAndTest(folder, remedy, findParts, (path) => readPart(path, copy))
}
