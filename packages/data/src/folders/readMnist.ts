import type { Float } from '@pullback/core'
import { pipe } from '#fp/function'
import * as TE from '#fp/TaskEither'
import type { DataError } from '../errors/dataError.ts'
import { checkedIdxOptions, readIdxPair, type IdxOptions } from '../idx/readIdx.ts'
import { findFile, orGzipped, type Folder } from './findFile.ts'
import { readTrainAndTest, type TrainAndTest } from './trainAndTest.ts'

/** The classes of Fashion-MNIST, to be given as the option `classNames`. */
export const fashionMnistClassNames: readonly string[] = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
]

const remedy =
  'put the four files of MNIST or Fashion-MNIST (train and t10k, images and labels, gzipped or not) there, or name another folder'

/** The file of a part; `train-images.idx3-ubyte` is how some archives call `train-images-idx3-ubyte`. */
const find = (folder: Folder, parts: readonly string[], content: string) =>
  findFile(
    folder,
    orGzipped(parts.flatMap((part) => [`${part}-${content}`, `${part}-${content.replace('-idx', '.idx')}`])),
    remedy,
  )

const findPair = (folder: Folder, parts: readonly string[]) =>
  pipe(
    TE.Do,
    TE.bind('images', () => find(folder, parts, 'images-idx3-ubyte')),
    TE.bind('labels', () => find(folder, parts, 'labels-idx1-ubyte')),
  )

const findParts = (folder: Folder) =>
  pipe(
    TE.Do,
    TE.bind('train', () => findPair(folder, ['train', 'train20k'])),
    TE.bind('test', () => findPair(folder, ['t10k'])),
  )

/**
 * Reads MNIST, Fashion-MNIST or another set in their files from a folder (in Node): `train-images-idx3-ubyte`,
 * `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte`, each also with `.gz`; a training
 * part of 20,000 may be called `train20k`.
 *
 * @param folder its path
 * @returns features `[N, 784]` from 0 to 1 unless `pixels` is `'raw'`; or one sentence about what is wrong with which
 * file; a missing file says where it looked
 * @throws RangeError when it is called, if an option makes no sense, which is not a matter of data
 */
export function readMnist<D extends Float = 'float32'>(
  folder: string,
  options: IdxOptions<D> = {},
): TE.TaskEither<DataError, TrainAndTest<D>> {
  const checked = checkedIdxOptions('readMnist', options)
  return readTrainAndTest(folder, remedy, findParts, ({ images, labels }) =>
    readIdxPair(images, labels, checked),
  )
}
