const group = (digits: string): string => digits.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')

/** A positive number to three significant digits, in groups: 0.0123, 1.76, 35.1, 1,440, 2,220,000. */
export function threeDigits(value: number): string {
  if (!Number.isFinite(value)) return '-'
  const [whole = '', fraction] = Number(value.toPrecision(3)).toFixed(decimalsOf(value)).split('.')
  return fraction === undefined ? group(whole) : `${group(whole)}.${fraction}`
}

function decimalsOf(value: number): number {
  const magnitude = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(3)))))
  return Number.isFinite(magnitude) ? Math.max(0, 2 - magnitude) : 0
}

/** Bytes in mebibytes. */
export const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)}`

/** A relative deviation: 0, or a power of ten with one digit. */
export const deviation = (value: number): string => (value === 0 ? '0' : value.toExponential(1))
