import type { Float } from '@pullback/core'
import { pipe } from '#fp/function'
import * as TE from '#fp/TaskEither'
import { readClassNames } from '../cifar10/classNames.ts'
import {
  checkedCifar10Options,
  readCifar10Batches,
  type Cifar10Options,
} from '../cifar10/readCifar10Batches.ts'
import type { DataError } from '../errors/dataError.ts'
import { fileSystem } from '../source/fileSystem.ts'
import { findFile, orGzipped, type Folder } from './findFile.ts'
import { readTrainAndTest, type Found, type TrainAndTest } from './trainAndTest.ts'

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

/** The files of a part, and how they are read. */
interface Part<D extends Float> {
  readonly files: Files
  readonly named: Cifar10Options<D>
}

const findParts = <D extends Float>(
  folder: Folder,
  options: Cifar10Options<D>,
): TE.TaskEither<DataError, Found<Part<D>>> =>
  pipe(
    TE.Do,
    TE.bind('train', () => findTraining(folder)),
    TE.bind('test', () => findFile(folder, orGzipped(['test_batch.bin', 'test_2k.bin']), remedy)),
    TE.bind('named', () => withClassNames(folder, options)),
    TE.map(({ train, test, named }) => ({
      train: { files: train, named },
      test: { files: [test], named },
    })),
  )

/**
 * Reads CIFAR-10 from a folder (in Node): `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin`, or the
 * subsets `train_10k.bin` and `test_2k.bin`, each also with `.gz`; class names from `batches.meta.txt` if it is there.
 *
 * @param folder its path
 * @returns features `[N, 3072]` from 0 to 1 unless `pixels` is `'raw'`; or one sentence about what is wrong with which
 * file; a missing file says where it looked
 * @throws RangeError when it is called, if an option makes no sense, which is not a matter of data
 */
export function readCifar10<D extends Float = 'float32'>(
  folder: string,
  options: Cifar10Options<D> = {},
): TE.TaskEither<DataError, TrainAndTest<D>> {
  const checked = checkedCifar10Options('readCifar10', options)
  return readTrainAndTest(
    folder,
    remedy,
    (files) => findParts(files, checked),
    ({ files, named }) => readCifar10Batches(files, named),
  )
}
