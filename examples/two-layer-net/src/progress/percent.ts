/** A share as a percentage with one digit: `98.7 %`. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
