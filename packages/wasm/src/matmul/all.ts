import { op, type Code } from '../assembler/code.ts'

/** Whether all of some conditions hold. */
export const all = (first: Code, ...others: readonly Code[]): Code =>
  others.reduce((held, condition) => op('i32.and', held, condition), first)
