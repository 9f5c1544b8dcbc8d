import type { Arithmetic } from './arithmetic.ts'

/** How many vectors a loop may have in registers: V8 keeps the 16th, and a product that is not fused takes one. */
export const registersOf = ({ isFused }: Arithmetic): number => (isFused ? 15 : 14)
