import type { Float } from '@pullback/core'
import { pipe } from '#fp/function'
import * as TE from '#fp/TaskEither'
import type { Dataset } from '../dataset/dataset.ts'
import type { DataError } from '../errors/dataError.ts'
import { listFolder, type Folder } from './findFile.ts'

/** The two parts that a data set is published in. */
export interface TrainAndTest<D extends Float = 'float32'> {
  readonly train: Dataset<D>
  readonly test: Dataset<D>
}

/** Where the two parts are. */
export interface Found<Part> {
  readonly train: Part
  readonly test: Part
}

/**
 * Both parts of a set in a folder: found first, then read, the test part, which is the smaller, before the other.
 *
 * @param remedy what to do if there is no such folder
 */
export const readTrainAndTest = <Part, D extends Float>(
  folder: string,
  remedy: string,
  find: (folder: Folder) => TE.TaskEither<DataError, Found<Part>>,
  read: (part: Part) => TE.TaskEither<DataError, Dataset<D>>,
): TE.TaskEither<DataError, TrainAndTest<D>> =>
  pipe(
    listFolder(folder, remedy),
    TE.flatMap(find),
    TE.flatMap(({ train, test }) =>
      pipe(
        TE.Do,
        TE.bind('test', () => read(test)),
        TE.bind('train', () => read(train)),
      ),
    ),
  )
