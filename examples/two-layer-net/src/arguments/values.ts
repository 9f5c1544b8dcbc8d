import * as E from '#fp/Either'
import * as t from '#io'
import { grouped } from '../numbers/grouped.ts'

// A codec is named after what it takes, so that a sentence can say what was expected.

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

const numberFrom = (expected: string, fits: (value: number) => boolean): t.Type<number, string> =>
  new t.Type<number, string>(
    expected,
    t.number.is,
    (text, context) => {
      const value = typeof text === 'string' && decimal.test(text) ? Number(text) : Number.NaN
      return fits(value) ? t.success(value) : t.failure(text, context)
    },
    String,
  )

/** A whole number from `least` to `most`, in decimal notation. */
export const wholeNumber = (least: number, most: number) =>
  numberFrom(
    `a whole number from ${grouped(least)} to ${grouped(most)}`,
    (value) => Number.isSafeInteger(value) && value >= least && value <= most,
  )

/** A number above 0 and up to `most`, in decimal notation. */
export const positiveNumber = (most: number) =>
  numberFrom(`a number above 0, at most ${grouped(most)}`, (value) => value > 0 && value <= most)

/** A number from 0 to `most`, in decimal notation. */
export const numberFromZero = (most: number) =>
  numberFrom(`a number from 0 to ${grouped(most)}`, (value) => value >= 0 && value <= most)

/** One of some words. */
export const oneOf = <W extends string>(words: readonly W[]) =>
  new t.Type<W, string>(
    `one of ${words.join(', ')}`,
    (value): value is W => words.includes(value as W),
    (value, context) => {
      const found = words.find((word) => word === value)
      return found === undefined ? t.failure(value, context) : t.success(found)
    },
    String,
  )

/** The path of a file or folder. */
export const path = (what: 'file' | 'folder') =>
  new t.Type<string>(
    `the path of a ${what}`,
    t.string.is,
    (value, context) =>
      typeof value === 'string' && value !== '' && !value.includes('\0')
        ? E.right(value)
        : t.failure(value, context),
    String,
  )
