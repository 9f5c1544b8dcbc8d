import { fromValues, type Float } from '@pullback/core'
import { pipe } from '#fp/function'
import * as TE from '#fp/TaskEither'
import { dataset, type Dataset } from '../dataset/dataset.ts'
import type { DataError } from '../errors/dataError.ts'
import { decodeSource } from '../source/decodeSource.ts'
import type { Input } from '../source/fileSource.ts'
import { csvDecoder, type CsvTable } from './decoder.ts'
import { checkedCsvOptions, type CsvOptions } from './options.ts'

function datasetOf<D extends Float>(table: CsvTable, dtype: D): Dataset<D> {
  const { values, classes, classNames } = table.labels
  return dataset({
    features: fromValues(table.features, [values.length, table.width], dtype),
    labels: fromValues(values, [values.length], 'int32'),
    classes,
    ...(classNames === undefined ? {} : { classNames }),
    ...(table.featureNames === undefined ? {} : { featureNames: table.featureNames }),
  })
}

/**
 * Reads a table of numbers with a label in every row, gzipped or not: CSV as in RFC 4180, UTF-8, with a line of column
 * names and the label in the last column unless the options say otherwise.
 *
 * @param input the path of the file, or a source of bytes
 * @returns features `[N, columns - 1]` and labels `[N]`; or one sentence that names the line and column of a field that
 * is empty or no finite number, of a label outside the classes, of a line with too few or too many fields, or says that
 * the header is wrong, the file empty, cut off, damaged or not to be read
 * @throws RangeError when it is called, if an option makes no sense, which is not a matter of data
 * @example
 * const flowers = bytesSource('flowers.csv', 'length,width,species\n5.1,3.5,setosa\n6.2,2.9,virginica\n')
 * const read = await readCsv(flowers)()
 * const names = read._tag === 'Right' ? read.right.classNames : read.left.message
 * names // => ['setosa', 'virginica']
 *
 * const broken = await readCsv(bytesSource('broken.csv', 'x,y\n1,0\nabc,1\n'))()
 * const message = broken._tag === 'Left' ? broken.left.message : ''
 * message // => 'broken.csv, line 3, column 1 ("x"): expected a finite number, found "abc"'
 */
export function readCsv<D extends Float = 'float32'>(
  input: Input,
  options: CsvOptions<D> = {},
): TE.TaskEither<DataError, Dataset<D>> {
  const checked = checkedCsvOptions(options)
  return pipe(
    decodeSource(input, () => csvDecoder(checked)),
    TE.map((table) => datasetOf(table, checked.dtype ?? ('float32' as D))),
  )
}
