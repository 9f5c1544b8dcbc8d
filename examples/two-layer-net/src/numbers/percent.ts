const mostDigits = 8

/**
 * A share as a percentage with one digit: `98.7 %`.
 *
 * What is not all does not read 100 %: 0.99969 is `99.97 %`.
 */
export function percent(share: number): string {
  for (let digits = 1; ; digits++) {
    const shown = (100 * share).toFixed(digits)
    if (share >= 1 || Number(shown) < 100 || digits === mostDigits) return `${shown} %`
  }
}
