import type { Float } from '@pullback/core'
import { quote } from '../errors/quote.ts'
import { checkChoice, checkFloat } from '../options/checkChoice.ts'
import { checkCount } from '../options/checkCount.ts'
import { checkClasses, distinctClassNames } from '../options/classNames.ts'

/** How a CSV file becomes a data set. */
export interface CsvOptions<D extends Float = 'float32'> {
  /**
   * What the first line is: `'names'` (unless given), the names of the columns; `'none'`, data already, as in the files
   * of UCI; `'counts'`, the number of rows, the number of features and the class names, as in those of scikit-learn.
   */
  readonly header?: 'names' | 'none' | 'counts'
  /** The column of the label: its name, or its position from 0, negative from the end; -1, the last, unless given. */
  readonly label?: string | number
  /**
   * What labels are: `'numbers'`, class numbers from 0; `'names'`, any text, classes in the order of the characters'
   * codes, not that of the rows. Unless given, what the first label is: a name if `classes` lists it or it is no number.
   */
  readonly labels?: 'numbers' | 'names'
  /**
   * How many classes there are (for names: at most), or their names by class number; a label outside is an error.
   * Unless given, the classes that occur (for numbers, up to the largest). Give it where two files must agree.
   */
  readonly classes?: number | readonly string[]
  /** The number of feature columns that every line must have; unless given, that of the first line. */
  readonly features?: number
  /** What parts the fields, one character; `','` unless given. */
  readonly delimiter?: string
  readonly dtype?: D
}

/** The classes of an option, checked and copied. */
function checkedClasses(classes: number | readonly string[]): number | readonly string[] {
  if (typeof classes === 'object') return distinctClassNames('readCsv, classes', classes)
  checkClasses('readCsv', classes)
  return classes
}

/** The options checked, and copied so that nobody changes them; what is wrong with them is thrown. */
export function checkedCsvOptions<D extends Float>(options: CsvOptions<D>): CsvOptions<D> {
  const { header, label, labels, classes, features, delimiter = ',', dtype } = options
  checkChoice('readCsv, header', header, ['names', 'none', 'counts'])
  checkChoice('readCsv, labels', labels, ['numbers', 'names'])
  checkFloat('readCsv', dtype)
  if (label !== undefined && typeof label !== 'string' && !Number.isSafeInteger(label))
    throw new RangeError(`readCsv, label: takes the name of a column or its position, not ${label}`)
  if (features !== undefined) checkCount('readCsv, features', features, 1)
  if (delimiter.length !== 1 || /["\r\n]/.test(delimiter))
    throw new RangeError(`readCsv, delimiter: takes one character, not ${quote(delimiter)}`)
  return { ...options, ...(classes === undefined ? {} : { classes: checkedClasses(classes) }) }
}

/** More classes than these are believed only if the option `classes` says so. */
export const mostClasses = 1000
