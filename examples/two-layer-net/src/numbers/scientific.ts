import { grouped } from './grouped.ts'

const withoutPlus = (text: string): string => text.replace('e+', 'e')

/** From this size on, nobody counts digits. */
const huge = 1e6

/** A loss with four digits after the point, or, where it is huge, before an exponent: `0.1235`, `8.1235e13`. */
export const showLoss = (loss: number): string =>
  Math.abs(loss) < huge ? grouped(loss, 4) : withoutPlus(loss.toExponential(4))

/** A number beside an axis: `0.5`, `2,000`, `1e14`. */
export function showTick(value: number): string {
  const size = Math.abs(value)
  if (size === 0) return '0'
  return size >= huge || size < 1e-4
    ? withoutPlus(Number(value.toPrecision(6)).toExponential())
    : size < 1
      ? `${Number(value.toPrecision(6))}`
      : grouped(value)
}
