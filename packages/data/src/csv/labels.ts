import type { Fault } from '../errors/dataError.ts'
import { quote, quoteList } from '../errors/quote.ts'
import { collector } from '../source/collector.ts'
import { isWholeNumber, parseDecimal } from './number.ts'
import { mostClasses, type CsvOptions } from './options.ts'

/** The labels of a file as class numbers. */
export interface Labels {
  readonly values: Int32Array
  readonly classes: number
  readonly classNames?: readonly string[]
}

/** Turns the fields of the label column into class numbers. */
export interface LabelReader {
  readonly take: (field: string) => Omit<Fault, 'at'> | undefined
  readonly end: () => Labels
}

const wrong = (expected: string, field: string, remedy?: string): Omit<Fault, 'at'> => ({
  kind: 'value',
  expected,
  found: field === '' ? 'an empty field' : quote(field),
  ...(remedy === undefined ? {} : { remedy }),
})

function numberReader(declared: number | undefined, classNames?: readonly string[]): LabelReader {
  const values = collector((length) => new Int32Array(length))
  const limit = declared ?? mostClasses
  const expected = `a class number from 0 to ${limit - 1}`
  const remedy =
    declared === undefined
      ? 'more classes need the option classes, and text or negative numbers the option labels: names'
      : undefined
  let highest = -1
  return {
    take: (field) => {
      const value = parseDecimal(field)
      if (!Number.isInteger(value) || value < 0 || value >= limit) return wrong(expected, field, remedy)
      highest = Math.max(highest, value)
      values.push(value)
      return undefined
    },
    end: () => ({
      values: values.finish(),
      classes: declared ?? highest + 1,
      ...(classNames === undefined ? {} : { classNames }),
    }),
  }
}

/** Names that are known beforehand keep their numbers; others are numbered as they come and sorted at the end. */
function nameReader(known: readonly string[] | undefined, most: number): LabelReader {
  const values = collector((length) => new Int32Array(length))
  const numbers = new Map((known ?? []).map((name, number) => [name, number]))
  return {
    take: (field) => {
      const number = numbers.get(field) ?? numbers.size
      if (field === '') return wrong('a class', field)
      if (number === numbers.size) {
        if (known !== undefined) return wrong(`one of the classes ${quoteList(known)}`, field)
        if (number === most)
          return wrong(`at most ${most} classes`, field, 'is this the column of the labels?')
        numbers.set(field, number)
      }
      values.push(number)
      return undefined
    },
    end: () => {
      const found = [...numbers.keys()]
      const classNames = known ?? found.toSorted()
      const rank = new Map(classNames.map((name, position) => [name, position]))
      const order = found.map((name) => rank.get(name) ?? 0)
      return {
        values: values.finish().map((number) => order[number] ?? 0),
        classes: classNames.length,
        classNames,
      }
    },
  }
}

/** Reads labels as the options say or, where they do not, as the first one looks. */
export function labelReader(
  { labels, classes }: Pick<CsvOptions, 'labels' | 'classes'>,
  first: string,
): LabelReader {
  const names = typeof classes === 'object' ? classes : undefined
  const count = typeof classes === 'number' ? classes : names?.length
  const looksNumeric = isWholeNumber(first) || !Number.isNaN(parseDecimal(first))
  const kind = labels ?? (names?.includes(first) === true || !looksNumeric ? 'names' : 'numbers')
  return kind === 'numbers' ? numberReader(count, names) : nameReader(names, count ?? mostClasses)
}
