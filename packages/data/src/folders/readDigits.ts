import { div, type Float } from '@pullback/core'
import { pipe } from '#fp/function'
import * as TE from '#fp/TaskEither'
import { readCsv } from '../csv/readCsv.ts'
import { dataset, type Dataset } from '../dataset/dataset.ts'
import type { DataError } from '../errors/dataError.ts'
import type { PixelOptions } from '../images/pixels.ts'
import { findFile, listFolder, orGzipped } from './findFile.ts'
import type { TrainAndTest } from './trainAndTest.ts'

const remedy = 'put optdigits.tra.csv and digits.csv (gzipped or not) there, or name another folder'

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
 */
export const readDigits = <D extends Float = 'float32'>(
  folder: string,
  options: PixelOptions<D> = {},
): TE.TaskEither<DataError, TrainAndTest<D>> =>
  pipe(
    listFolder(folder, remedy),
    TE.flatMap((files) =>
      pipe(
        TE.Do,
        TE.bind('trainFile', () =>
          findFile(files, orGzipped(['optdigits.tra.csv', 'optdigits.tra']), remedy),
        ),
        TE.bind('testFile', () => findFile(files, orGzipped(['digits.csv', 'optdigits.tes']), remedy)),
      ),
    ),
    TE.bind('train', ({ trainFile }) => readPart(trainFile, options)),
    TE.bind('test', ({ testFile }) => readPart(testFile, options)),
    TE.map(({ train, test }) => ({ train, test })),
  )
