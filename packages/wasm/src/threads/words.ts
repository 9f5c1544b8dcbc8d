import { access, i32, i64, op, type Code } from '../assembler/code.ts'
import type { Local } from '../assembler/module.ts'
import { control } from './control.ts'
import { claimed } from './jobWord.ts'

// The control words as code reads and writes them: atomically, and by all threads in one order.

const none = i32(0)

export const loadWord = (address: number): Code => access('i32.atomic.load', address, none)
export const storeWord = (address: number, value: Code): Code =>
  access('i32.atomic.store', address, none, value)

/** Adds to a word and drops what it was. */
export const addToWord = (address: number, value: number): Code =>
  op('drop', access('i32.atomic.rmw.add', address, none, i32(value)))

/** Wakes so many of those that wait on a word. */
export const notifyWord = (address: number, count: Code): Code =>
  op('drop', access('memory.atomic.notify', address, none, count))

/** Sleeps while a word is what it was, for so many milliseconds at most; for ever if they are negative. */
export const waitOnWord = (address: number, was: Code, milliseconds: number): Code =>
  op('drop', access('memory.atomic.wait32', address, none, was, i64(BigInt(milliseconds) * 1_000_000n)))

/** A word of a thread in a list of them. */
export const loadWordOf = (list: number, thread: Code): Code =>
  access('i32.atomic.load', list, op('i32.shl', thread, i32(2)))
export const storeWordOf = (list: number, thread: Code, value: Code): Code =>
  access('i32.atomic.store', list, op('i32.shl', thread, i32(2)), value)

export const loadJob: Code = access('i64.atomic.load', control.job, none)
export const storeJob = (word: Code): Code => access('i64.atomic.store', control.job, none, word)
/** Puts a job in the place of another and gives that. */
export const exchangeJob = (word: Code): Code => access('i64.atomic.rmw.xchg', control.job, none, word)
/** Whether the next chunk of the job in `word` could be claimed: whether that is still the job, and as far as it was. */
export const claimNext = (word: Local): Code =>
  op('i64.eq', word.get, access('i64.atomic.rmw.cmpxchg', control.job, none, word.get, claimed(word)))
