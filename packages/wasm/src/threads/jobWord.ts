import { i32, i64, op, sequence, type Code } from '../assembler/code.ts'
import type { Local } from '../assembler/module.ts'

// A job and how far it has come are one word of 64 bits, so that a chunk is claimed by comparing all of it: a thread that
// looked long ago cannot claim a chunk of another job, and if the same job is open again, its claim is valid.
//
//   63 .. 40 program   39 .. 22 position in the table   21 .. 11 chunks   10 .. 0 next chunk

const positionShift = 22
const programShift = 40
const chunkBits = 11
const chunkMask = 2 ** chunkBits - 1

/** How many chunks a job can have. */
export const mostChunks = chunkMask
/** How many functions the tables can hold. */
export const mostPositions = 2 ** (programShift - positionShift)
/** How many programs can be told apart. */
export const mostPrograms = 2 ** (64 - programShift)

const unsigned = (value: Code): Code => op('i64.extend_i32_u', value)
const shifted = (value: Code, bits: number): Code => op('i64.shl', unsigned(value), i64(BigInt(bits)))

/** The word of a job none of whose chunks is claimed. */
export const jobWord = (program: Code, position: Code, chunks: Code): Code =>
  op(
    'i64.or',
    op('i64.or', shifted(program, programShift), shifted(position, positionShift)),
    shifted(chunks, chunkBits),
  )

/** The word of no job. */
export const noJob = i64(0n)

/** The word with one more chunk claimed. */
export const claimed = (word: Local): Code => op('i64.add', word.get, i64(1n))

const low = (word: Local): Code => op('i32.wrap_i64', word.get)
const high = (word: Local, bits: number): Code =>
  op('i32.wrap_i64', op('i64.shr_u', word.get, i64(BigInt(bits))))

export const nextChunk = (word: Local): Code => op('i32.and', low(word), i32(chunkMask))
export const chunksOf = (word: Local): Code =>
  op('i32.and', op('i32.shr_u', low(word), i32(chunkBits)), i32(chunkMask))
export const positionOf = (word: Local): Code =>
  op('i32.and', high(word, positionShift), i32(mostPositions - 1))
export const programOf = (word: Local): Code => high(word, programShift)

/** Whether the word has a chunk left to claim. */
export const isOpen = (word: Local): Code => sequence(nextChunk(word), chunksOf(word), op('i32.lt_u'))
