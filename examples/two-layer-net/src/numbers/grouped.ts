/** A number with a comma before every three digits: `10,000`; rounded to so many digits after the point, if given. */
export const grouped = (value: number, digits?: number): string =>
  value.toLocaleString(
    'en-US',
    digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits },
  )
