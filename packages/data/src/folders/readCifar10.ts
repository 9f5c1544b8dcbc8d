import type { Float } from '@pullback/core'
import { pipe } from '#fp/function'
import * as TE from '#fp/TaskEither'
import { readClassNames } from '../cifar10/classNames.ts'
import { readCifar10Batches, type Cifar10Options } from '../cifar10/readCifar10Batches.ts'
import type { DataError } from '../errors/dataError.ts'
import { fileSystem } from '../source/fileSystem.ts'
import { findFile, listFolder, orGzipped, type Folder } from './findFile.ts'
import type { TrainAndTest } from './trainAndTest.ts'

const remedy =
  'put the binary version of CIFAR-10 (data_batch_1.bin to data_batch_5.bin and test_batch.bin, gzipped or not) there, or name another folder'

const batch = (folder: Folder, number: number) =>
  findFile(folder, orGzipped([`data_batch_${number}.bin`]), remedy)

type Files = readonly [string, ...string[]]

/** The five batches of the release, or the one file of a subset where there is none of them. */
function findTraining(folder: Folder): TE.TaskEither<DataError, Files> {
  const released = [...folder.files].some((name) => name.startsWith('data_batch_'))
  if (!released)
    return pipe(
      findFile(folder, orGzipped(['data_batch_1.bin', 'train_10k.bin']), remedy),
      TE.map((path): Files => [path]),
    )
  return pipe(
    [2, 3, 4, 5],
    TE.traverseArray((number) => batch(folder, number)),
    TE.flatMap((others) =>
      pipe(
        batch(folder, 1),
        TE.map((first): Files => [first, ...others]),
      ),
    ),
  )
}

const metaFile = 'batches.meta.txt'

/** The options with the class names of the folder, if it has them and the options do not. */
function withClassNames<D extends Float>(
  folder: Folder,
  options: Cifar10Options<D>,
): TE.TaskEither<DataError, Cifar10Options<D>> {
  if (options.classNames !== undefined || !folder.files.has(metaFile)) return TE.right(options)
  return pipe(
    readClassNames(fileSystem()?.path.join(folder.path, metaFile) ?? metaFile),
    TE.map((classNames) => ({ ...options, classNames })),
  )
}

/**
 * Reads CIFAR-10 from a folder (in Node): `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin`, or the
 * subsets `train_10k.bin` and `test_2k.bin`, each also with `.gz`; class names from `batches.meta.txt` if it is there.
 *
 * @param folder its path
 * @returns features `[N, 3072]` from 0 to 1 unless `pixels` is `'raw'`; or one sentence about what is wrong with which
 * file; a missing file says where it looked
 */
export const readCifar10 = <D extends Float = 'float32'>(
  folder: string,
  options: Cifar10Options<D> = {},
): TE.TaskEither<DataError, TrainAndTest<D>> =>
  pipe(
    listFolder(folder, remedy),
    TE.flatMap((files) =>
      pipe(
        TE.Do,
        TE.bind('trainFiles', () => findTraining(files)),
        TE.bind('testFile', () => findFile(files, orGzipped(['test_batch.bin', 'test_2k.bin']), remedy)),
        TE.bind('named', () => withClassNames(files, options)),
      ),
    ),
    TE.bind('test', ({ testFile, named }) => readCifar10Batches([testFile], named)),
    TE.bind('train', ({ trainFiles, named }) => readCifar10Batches(trainFiles, named)),
    TE.map(({ train, test }) => ({ train, test })),
  )
