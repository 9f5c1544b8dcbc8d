import { fromValues, type Float } from '@pullback/core'
import { pipe } from '#fp/function'
import * as TE from '#fp/TaskEither'
import { dataset, type Dataset } from '../dataset/dataset.ts'
import { dataError, type DataError } from '../errors/dataError.ts'
import { checkPixels, pixelFeatures, type PixelOptions } from '../images/pixels.ts'
import { checkClasses, namesOfClasses } from '../options/classNames.ts'
import { decodeSource } from '../source/decodeSource.ts'
import { sourceOf, type Input } from '../source/fileSource.ts'
import { idxDecoder, type IdxArray } from './decoder.ts'

/** How a pair of IDX files becomes a data set. */
export interface IdxOptions<D extends Float = 'float32'> extends PixelOptions<D> {
  /** The number of classes, unless given that of their names, or 10; a label outside is an error. */
  readonly classes?: number
  /** The name of every class, by class number. */
  readonly classNames?: readonly string[]
}

/** The options checked and copied; `what` names the reader they were given to. */
export function checkedIdxOptions<D extends Float>(what: string, options: IdxOptions<D>): IdxOptions<D> {
  const { classNames, classes = classNames?.length ?? 10 } = options
  checkPixels(what, options)
  if (classNames === undefined || options.classes !== undefined) checkClasses(what, classes)
  if (classNames === undefined) return { ...options, classes }
  return { ...options, classes, classNames: namesOfClasses(`${what}, classNames`, classNames, classes) }
}

/**
 * Reads any IDX file of unsigned bytes, gzipped or not: its sizes and its elements in row-major order.
 *
 * @param input the path of the file, or a source of bytes
 * @returns the array, or a sentence about the header, an element type other than unsigned bytes, missing or surplus
 * bytes, a damaged gzip file, or a file that cannot be read
 * @example
 * const pair = bytesSource('pair.idx', Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9))
 * const read = await readIdx(pair)()
 * read._tag // => 'Right'
 */
export const readIdx = (input: Input): TE.TaskEither<DataError, IdxArray> =>
  decodeSource(input, () => idxDecoder('any'))

const readKind = (kind: 'images' | 'labels', input: Input) => decodeSource(input, () => idxDecoder(kind))

/** The error of labels that do not fit the images or the classes. */
function labelsError(
  { bytes }: IdxArray,
  count: number,
  images: Input,
  labels: Input,
  classes: number,
): DataError | undefined {
  const file = sourceOf(labels).name
  if (bytes.length !== count)
    return dataError(file, {
      kind: 'count',
      expected: `${count} labels, as many as there are images in ${sourceOf(images).name}`,
      found: String(bytes.length),
      remedy: 'the two files do not belong together',
    })
  const position = bytes.findIndex((label) => label >= classes)
  return position < 0
    ? undefined
    : dataError(file, {
        kind: 'value',
        at: `label ${position}`,
        expected: `a class from 0 to ${classes - 1}`,
        found: String(bytes[position]),
      })
}

/**
 * Reads a pair of IDX files, such as MNIST's: images (magic number 2051) and their labels (2049), each gzipped or not.
 *
 * @param images the path or source of the images, `[N, height, width]` bytes
 * @param labels the path or source of the labels, `[N]` bytes
 * @returns features `[N, height * width]` row by row, from 0 to 1 unless `pixels` is `'raw'`; or one sentence about
 * what is wrong with which file
 * @throws RangeError when it is called, if an option makes no sense, which is not a matter of data
 */
export function readIdxPair<D extends Float = 'float32'>(
  images: Input,
  labels: Input,
  options: IdxOptions<D> = {},
): TE.TaskEither<DataError, Dataset<D>> {
  const checked = checkedIdxOptions('readIdxPair', options)
  const { classes = 10, classNames } = checked
  return pipe(
    TE.Do,
    TE.bind('labelled', () => readKind('labels', labels)),
    TE.bind('pictures', () => readKind('images', images)),
    TE.flatMap(({ labelled, pictures }) => {
      const [count = 0, height = 0, width = 0] = pictures.sizes
      const error = labelsError(labelled, count, images, labels, classes)
      if (error !== undefined) return TE.left(error)
      return TE.right(
        dataset({
          features: pixelFeatures(pictures.bytes, count, height * width, checked),
          labels: fromValues(labelled.bytes, [count], 'int32'),
          classes,
          ...(classNames === undefined ? {} : { classNames }),
          imageShape: [height, width],
        }),
      )
    }),
  )
}
