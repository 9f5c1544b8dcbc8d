import { concatenate, fromValues, type Float } from '@pullback/core'
import { pipe } from '#fp/function'
import * as TE from '#fp/TaskEither'
import { dataset, type Dataset } from '../dataset/dataset.ts'
import type { DataError } from '../errors/dataError.ts'
import { checkPixels, pixelFeatures, type PixelOptions } from '../images/pixels.ts'
import { namesOfClasses } from '../options/classNames.ts'
import { decodeSource } from '../source/decodeSource.ts'
import type { Input } from '../source/fileSource.ts'
import { cifar10Classes, cifar10Decoder, imageBytes, type Cifar10Records } from './decoder.ts'

/** How CIFAR-10 files become a data set. */
export interface Cifar10Options<D extends Float = 'float32'> extends PixelOptions<D> {
  /** The names of the ten classes. */
  readonly classNames?: readonly string[]
}

/** The options checked and copied; `what` names the reader they were given to. */
export function checkedCifar10Options<D extends Float>(
  what: string,
  options: Cifar10Options<D>,
): Cifar10Options<D> {
  checkPixels(what, options)
  const { classNames } = options
  if (classNames === undefined) return { ...options }
  return { ...options, classNames: namesOfClasses(`${what}, classNames`, classNames, cifar10Classes) }
}

function partOf<D extends Float>({ labels, images }: Cifar10Records, options: Cifar10Options<D>) {
  const count = labels.length
  return {
    features: pixelFeatures(images, count, imageBytes, options),
    labels: fromValues(labels, [count], 'int32'),
  }
}

/**
 * Reads files of the binary version of CIFAR-10, gzipped or not, one after the other into one set.
 *
 * @param inputs the paths or sources, such as `data_batch_1.bin` to `data_batch_5.bin`; at least one
 * @returns features `[N, 3072]`: all red, then green, then blue pixels row by row, from 0 to 1 unless `pixels` is
 * `'raw'`; or one sentence about what is wrong with which file
 * @throws RangeError when it is called, if no file is given or an option makes no sense, which is not a matter of data
 */
export function readCifar10Batches<D extends Float = 'float32'>(
  inputs: readonly [Input, ...Input[]],
  options: Cifar10Options<D> = {},
): TE.TaskEither<DataError, Dataset<D>> {
  const checked = checkedCifar10Options('readCifar10Batches', options)
  const files: readonly Input[] = [...inputs]
  if (files.length === 0) throw new RangeError('readCifar10Batches: takes at least one file')
  return pipe(
    files,
    TE.traverseSeqArray((input) =>
      pipe(
        decodeSource(input, cifar10Decoder),
        TE.map((records) => partOf(records, checked)),
      ),
    ),
    TE.map((parts) =>
      dataset({
        features: concatenate(parts.map(({ features }) => features)),
        labels: concatenate(parts.map(({ labels }) => labels)),
        classes: cifar10Classes,
        ...(checked.classNames === undefined ? {} : { classNames: checked.classNames }),
        imageShape: [3, 32, 32],
      }),
    ),
  )
}
