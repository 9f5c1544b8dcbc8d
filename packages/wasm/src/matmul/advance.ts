import { op, type Code } from '../assembler/code.ts'
import type { Local } from '../assembler/module.ts'

/** Adds bytes to an address. */
export const advance = (address: Local, by: Code): Code => address.set(op('i32.add', address.get, by))
