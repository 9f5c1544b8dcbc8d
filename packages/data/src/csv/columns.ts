import * as E from '#fp/Either'
import { pipe } from '#fp/function'
import type { Fault } from '../errors/dataError.ts'
import { counted, quote, quoteList } from '../errors/quote.ts'
import { decodeCounts } from './countsHeader.ts'
import { isWholeNumber, parseDecimal } from './number.ts'
import type { CsvOptions } from './options.ts'
import type { CsvRecord } from './records.ts'

/** What the first line says about the others. */
export interface Columns {
  /** The number of fields of every line. */
  readonly width: number
  /** The position of the label among them. */
  readonly label: number
  readonly names?: readonly string[]
  readonly classNames?: readonly string[]
  /** How many lines of data the header announces. */
  readonly rows?: number
}

type Options = Pick<CsvOptions, 'header' | 'label' | 'features'>

const headerFault = (expected: string, found: string, remedy?: string): E.Either<Fault, never> =>
  E.left({ kind: 'header', at: 'line 1', expected, found, ...(remedy === undefined ? {} : { remedy }) })

/** The names 0, 1, 2, ... that table programs give to columns without one. */
const numbered = (fields: readonly string[]): boolean =>
  fields.every((field, position) => field === String(position))

function checkedNames(fields: readonly string[]): E.Either<Fault, readonly string[]> {
  const data = fields.every((field) => !Number.isNaN(parseDecimal(field))) && !numbered(fields)
  if (data)
    return headerFault('column names', 'a line of numbers', "if the first line is data, use header 'none'")
  if (fields.slice(0, 2).every(isWholeNumber) && !numbered(fields.slice(0, 2)))
    return headerFault(
      'column names',
      `the numbers ${fields.slice(0, 2).join(' and ')}`,
      "if they are those of rows and features, use header 'counts'",
    )
  const unnamed = fields.indexOf('')
  if (unnamed >= 0)
    return headerFault(`a name for column ${unnamed + 1}`, 'none', 'a column of row numbers must be left out')
  const repeated = fields.find((name, position) => fields.indexOf(name) !== position)
  return repeated === undefined
    ? E.right(fields)
    : headerFault('different column names', `${quote(repeated)} twice`)
}

function labelPosition(
  label: string | number,
  width: number,
  names: readonly string[] | undefined,
): E.Either<Fault, number> {
  if (typeof label === 'string' && names === undefined)
    return headerFault(`a column named ${quote(label)}`, 'no column names', 'give the position of the label')
  const position =
    typeof label === 'string' ? (names?.indexOf(label) ?? -1) : label < 0 ? label + width : label
  if (Number.isInteger(position) && position >= 0 && position < width) return E.right(position)
  return typeof label === 'string'
    ? headerFault(`a column named ${quote(label)}`, quoteList(names ?? []))
    : headerFault(`a label in column ${label}, counted from 0`, `${width} columns`)
}

function layout(
  fields: readonly string[],
  header: CsvOptions['header'],
): E.Either<Fault, Omit<Columns, 'label'>> {
  if (header === 'none') return E.right({ width: fields.length })
  if (header === 'counts')
    return pipe(
      decodeCounts(fields),
      E.map(({ rows, features, classes }) => ({
        rows,
        width: features + 1,
        ...(classes.length === 0 ? {} : { classNames: classes }),
      })),
    )
  return pipe(
    checkedNames(fields),
    E.map((names) => ({ width: names.length, names })),
  )
}

/** The columns of a file, by its first line. */
export function columnsOf(
  { fields }: CsvRecord,
  { header, label = -1, features }: Options,
): E.Either<Fault, Columns> {
  const found = layout(fields, header)
  if (E.isLeft(found)) return found
  const { width, names } = found.right
  if (width < 2 || (features !== undefined && width !== features + 1))
    return E.left({
      kind: 'count',
      at: 'line 1',
      expected:
        features === undefined
          ? 'a feature or more and a label'
          : `${counted(features, 'feature')} and a label`,
      found: counted(width, 'column'),
      ...(width < 2 ? { remedy: 'is the delimiter right?' } : {}),
    })
  const position = labelPosition(label, width, names)
  return E.isLeft(position) ? position : E.right({ ...found.right, label: position.right })
}
