import { elementCount, toArray, type AnyTensor } from '@pullback/core'
import { placeOf } from '../law/place.ts'

/** The simple values that most entries of a shrunk tensor have, the simplest first. */
export const backgrounds = [0, 1] as const

export type Background = (typeof backgrounds)[number]

/** A tensor as a simple value everywhere and the few entries that differ from it. */
export interface Entries {
  readonly background: Background
  readonly others: readonly { readonly position: number; readonly value: number }[]
}

const others = (values: ArrayLike<number>, background: number) =>
  Array.from(values, (value, position) => ({ value, position })).filter(({ value }) => value !== background)

/** The entries of a tensor that matter. */
export function entriesOf(tensor: AnyTensor): Entries {
  const values = toArray(tensor)
  const [zero, one] = [others(values, 0), others(values, 1)]
  // A single 1 is one entry rather than a background.
  return one.length < zero.length && values.length > 1
    ? { background: 1, others: one }
    : { background: 0, others: zero }
}

/** More entries than are listed. */
const most = 6

const shown = (value: number): string =>
  Object.is(value, -0)
    ? '-0'
    : Number.isInteger(value)
      ? String(value)
      : String(Number(value.toPrecision(17)))

/** A tensor in few words: `all 0 but [2, 1] = 1.5`. */
export function showEntries(tensor: AnyTensor): string {
  const { background, others } = entriesOf(tensor)
  const count = elementCount(tensor.shape)
  if (count === 0) return 'empty'
  if (count === 1) return shown(toArray(tensor)[0] ?? 0)
  const all = others.length === count ? '' : `all ${background}`
  if (others.length === 0) return all
  const listed = others
    .slice(0, most)
    .map(
      ({ position, value }) =>
        `[${placeOf('', '', tensor.shape, position).index.join(', ')}] = ${shown(value)}`,
    )
  const more = others.length > most ? [`${others.length - most} more`] : []
  return `${all === '' ? '' : `${all} but `}${[...listed, ...more].join(', ')}`
}
