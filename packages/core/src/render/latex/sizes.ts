import type { Witnesses } from '../witness.ts'
import { upright } from './text.ts'

/** How sizes and numbers are written: those that witness a name by that name. */
export interface SizeNames {
  readonly size: (value: number) => string
  readonly number: (value: number) => string
  readonly shape: (sizes: readonly number[]) => string
}

const isPrime = (value: number): boolean => {
  for (let divisor = 2; divisor * divisor <= value; divisor++) if (value % divisor === 0) return false
  return true
}

/** A prime for every name, different from each other and dividing none of the sizes that are in use. */
export function primeWitnesses(names: readonly string[], used: readonly number[]): Witnesses {
  const found = new Map<string, number>()
  let candidate = 1009
  for (const name of names) {
    while (!isPrime(candidate) || used.some((size) => size !== 0 && size % candidate === 0)) candidate += 2
    found.set(name, candidate)
    candidate += 2
  }
  return found
}

const sizeName = (name: string): string =>
  name === '...' ? '\\dots' : /^[A-Za-z]$/.test(name) ? name : upright(name)

const decimal = (value: number): string => {
  if (Number.isNaN(value)) return upright('NaN')
  if (!Number.isFinite(value)) return value < 0 ? '-\\infty' : '\\infty'
  const [mantissa = '', exponent] = String(value).split('e')
  return exponent === undefined ? mantissa : `${mantissa} \\cdot 10^{${Number(exponent)}}`
}

/**
 * The way back from the numbers that a net was traced with to the names they stand for.
 *
 * @param literal symbols for sizes that are numbers in the net as well: `{ 50: 'H' }`
 */
export function sizeNames(witnesses: Witnesses, literal: Readonly<Record<number, string>>): SizeNames {
  const names = new Map([...witnesses].map(([name, value]) => [value, sizeName(name)]))
  /** A multiple of witnesses as a product; undefined if it is none. */
  const product = (value: number): string | undefined => {
    const factors: string[] = []
    let rest = value
    for (const [witness, name] of names)
      while (rest !== 0 && rest % witness === 0) {
        factors.push(name)
        rest /= witness
      }
    return factors.length === 0 ? undefined : [...(rest === 1 ? [] : [decimal(rest)]), ...factors].join(' ')
  }
  const size = (value: number): string => product(value) ?? literal[value] ?? decimal(value)
  /** A small number over a multiple of witnesses; undefined if it is none. */
  const quotient = (value: number): string | undefined => {
    for (let above = 1; above <= 12; above++) {
      const below = Math.round(above / value)
      const named = Number.isSafeInteger(below) && above / below === value ? product(below) : undefined
      if (named !== undefined) return `\\frac{${above}}{${named}}`
    }
    return undefined
  }
  const number = (value: number): string =>
    (Number.isInteger(value) ? product(value) : quotient(value)) ?? decimal(value)
  return { size, number, shape: (sizes) => `[${sizes.map(size).join(' \\times ')}]` }
}
