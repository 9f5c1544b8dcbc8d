import { quote } from '../errors/quote.ts'

/** Throws unless an option is one of these words, or left out: a caller without types may give any. */
export function checkChoice(what: string, value: unknown, choices: readonly string[]): void {
  if (value !== undefined && !choices.some((choice) => choice === value))
    throw new RangeError(
      `${what}: takes ${choices.map((choice) => `'${choice}'`).join(' or ')}, not ${typeof value === 'string' ? quote(value) : typeof value}`,
    )
}

/** Throws unless an option is the dtype that features can have, or left out. */
export const checkFloat = (what: string, dtype: string | undefined): void =>
  checkChoice(`${what}, dtype`, dtype, ['float32', 'float64'])
