import type { Float } from '@pullback/core'
import { quote } from '../errors/quote.ts'

/** A decimal number as people and programs write them; not '', 'NaN', 'Infinity', '0x10' or '1_000'. */
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** The number a field holds, or NaN. */
export const parseDecimal = (field: string): number => (decimal.test(field) ? Number(field) : Number.NaN)

/** Whether a field holds a whole number that a class can have. */
export const isWholeNumber = (field: string): boolean => /^\d{1,9}$/.test(field)

/** Why a field is no finite number of the dtype, as the end of a sentence. */
export function notANumber(
  field: string,
  dtype: Float,
): { readonly expected: string; readonly found: string } {
  if (field === '') return { expected: 'a number', found: 'an empty field' }
  return decimal.test(field)
    ? { expected: `a number within the range of ${dtype}`, found: quote(field) }
    : { expected: 'a finite number', found: quote(field) }
}
