import * as E from '#fp/Either'
import type { Float } from '@pullback/core'
import type { Fault } from '../errors/dataError.ts'
import { counted, quote } from '../errors/quote.ts'
import { collector } from '../source/collector.ts'
import type { Decoder } from '../source/decodeSource.ts'
import { utf8 } from '../source/utf8.ts'
import { columnsOf, type Columns } from './columns.ts'
import { labelReader, type LabelReader, type Labels } from './labels.ts'
import { notANumber, parseDecimal } from './number.ts'
import type { CsvOptions } from './options.ts'
import { recordSplitter, type CsvRecord } from './records.ts'

/** A table of numbers with a class for every row. */
export interface CsvTable {
  /** Row-major, without the label. */
  readonly features: Float32Array | Float64Array
  readonly labels: Labels
  /** The number of features. */
  readonly width: number
  readonly featureNames?: readonly string[]
}

const place = (line: number, column: number, names: readonly string[] | undefined): string => {
  const name = names?.[column]
  return `line ${line}, column ${column + 1}${name === undefined ? '' : ` (${quote(name)})`}`
}

const withoutLabel = ({ names, label }: Columns): { featureNames?: readonly string[] } =>
  names === undefined ? {} : { featureNames: names.filter((_, column) => column !== label) }

/** Reads a table of numbers and labels as its options say. */
export function csvDecoder(options: CsvOptions<Float>): Decoder<CsvTable> {
  const dtype = options.dtype ?? 'float32'
  const decode = utf8()
  const values = collector<Float32Array | Float64Array>((length) =>
    dtype === 'float32' ? new Float32Array(length) : new Float64Array(length),
  )
  const rounded = dtype === 'float32' ? Math.fround : (value: number) => value
  let columns: Columns | undefined
  let labels: LabelReader | undefined
  let rows = 0

  const takeRow = ({ line, fields }: CsvRecord, known: Columns): Fault | undefined => {
    const { width, label, names } = known
    if (fields.length !== width)
      return {
        kind: 'count',
        at: `line ${line}`,
        expected: `${width} fields, as line 1 says`,
        found: String(fields.length),
      }
    if (rows === known.rows)
      return {
        kind: 'count',
        at: `line ${line}`,
        expected: `${counted(known.rows, 'row')}, as line 1 says`,
        found: 'more',
      }
    for (const [column, field] of fields.entries())
      if (column !== label) {
        const value = rounded(parseDecimal(field))
        if (!Number.isFinite(value))
          return { kind: 'value', at: place(line, column, names), ...notANumber(field, dtype) }
        values.push(value)
      }
    const field = fields[label] ?? ''
    labels ??= labelReader(labelOptions(options, known), field)
    const fault = labels.take(field)
    rows += 1
    return fault === undefined ? undefined : { ...fault, at: place(line, label, names) }
  }
  const takeRecord = (record: CsvRecord): Fault | undefined => {
    if (columns !== undefined) return takeRow(record, columns)
    const found = columnsOf(record, options)
    if (E.isLeft(found)) return found.left
    columns = found.right
    return options.header === 'none' ? takeRow(record, columns) : undefined
  }
  const splitter = recordSplitter(options.delimiter ?? ',', takeRecord)
  const take = (chunk?: Uint8Array): Fault | undefined => {
    const text = decode(chunk)
    return E.isLeft(text) ? text.left : splitter.take(text.right)
  }
  return {
    take,
    end: () => {
      const fault = take() ?? splitter.end()
      if (fault !== undefined) return E.left(fault)
      if (columns?.rows !== undefined && rows < columns.rows)
        return E.left({
          kind: 'truncated',
          expected: `${counted(columns.rows, 'row')}, as line 1 says`,
          found: String(rows),
          remedy: 'the file is cut off; get it again',
        })
      if (columns === undefined || labels === undefined)
        return E.left({ kind: 'empty', expected: 'a line of data or more', found: 'none' })
      const width = columns.width - 1
      return E.right({ features: values.finish(), labels: labels.end(), width, ...withoutLabel(columns) })
    },
  }
}

/** Class names of the header stand in for the option; their labels are numbers unless the option says otherwise. */
const labelOptions = (
  { labels, classes }: CsvOptions<Float>,
  { classNames }: Columns,
): Pick<CsvOptions, 'labels' | 'classes'> => {
  const known = classes ?? classNames
  const kind = labels ?? (classes === undefined && classNames !== undefined ? 'numbers' : undefined)
  return {
    ...(known === undefined ? {} : { classes: known }),
    ...(kind === undefined ? {} : { labels: kind }),
  }
}
