import { laneMemoryOpcodes, laneOpcodes, memoryOpcodes, plainOpcodes } from './opcodes.ts'
import type { Writer } from './writer.ts'

export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128'

/** A branch target while code is written: how many blocks are open decides how it is encoded. */
export interface Label {
  depth: number
}

/** The bytes being written, and how many blocks are open. */
export interface Emission {
  readonly out: Writer
  depth: number
}

/**
 * Instructions, written when their function is: an expression leaves its value on the stack, a statement nothing. Code can be
 * written several times.
 */
export type Code = (emission: Emission) => void

const required = <T>(found: T | undefined, name: string): T => {
  if (found === undefined) throw new Error(`there is no instruction '${name}' of this form`)
  return found
}

/** Codes one after another. */
export const sequence =
  (...codes: readonly Code[]): Code =>
  (emission) => {
    for (const code of codes) code(emission)
  }

/** Nothing at all. */
export const nothing: Code = () => undefined

/** An instruction that takes its operands from the stack: `op('f32x4.add', a, b)`. */
export function op(name: string, ...operands: readonly Code[]): Code {
  const opcode = required(plainOpcodes.get(name), name)
  return (emission) => {
    for (const operand of operands) operand(emission)
    emission.out.bytes(opcode)
  }
}

/** An instruction with the number of a lane: `lane('f32x4.extract_lane', 0, v)`. */
export function lane(name: string, index: number, ...operands: readonly Code[]): Code {
  const opcode = required(laneOpcodes.get(name), name)
  return (emission) => {
    for (const operand of operands) operand(emission)
    emission.out.bytes(opcode)
    emission.out.byte(index)
  }
}

/** A load, a store or an atomic: the operands begin with the address, to which `offset`, in bytes, is added. */
export function access(name: string, offset: number, ...operands: readonly Code[]): Code {
  const { opcode, align } = required(memoryOpcodes.get(name), name)
  return (emission) => {
    for (const operand of operands) operand(emission)
    emission.out.bytes(opcode)
    emission.out.unsigned(align)
    emission.out.unsigned(offset)
  }
}

/** A load or store of one lane: `laneAccess('v128.store32_lane', offset, index, address, vector)`. */
export function laneAccess(name: string, offset: number, index: number, ...operands: readonly Code[]): Code {
  const { opcode, align } = required(laneMemoryOpcodes.get(name), name)
  return (emission) => {
    for (const operand of operands) operand(emission)
    emission.out.bytes(opcode)
    emission.out.unsigned(align)
    emission.out.unsigned(offset)
    emission.out.byte(index)
  }
}

export const i32 =
  (value: number): Code =>
  ({ out }) => {
    out.byte(0x41)
    out.signed(value)
  }

export const i64 =
  (value: bigint): Code =>
  ({ out }) => {
    out.byte(0x42)
    out.signed64(value)
  }

export const f32 =
  (value: number): Code =>
  ({ out }) => {
    out.byte(0x43)
    out.float32(value, 1)
  }

export const f64 =
  (value: number): Code =>
  ({ out }) => {
    out.byte(0x44)
    out.float64(value, 1)
  }

const vectorConstant =
  (write: (out: Writer) => void): Code =>
  ({ out }) => {
    out.byte(0xfd)
    out.byte(0x0c)
    write(out)
  }

/** A vector of one number in every lane. */
export const f32x4 = (value: number): Code => vectorConstant((out) => out.float32(value, 4))
export const f64x2 = (value: number): Code => vectorConstant((out) => out.float64(value, 2))
export const i32x4 = (value: number): Code => vectorConstant((out) => out.int32(value, 4))
export const i64x2 = (value: bigint): Code => vectorConstant((out) => out.int64(value, 2))

/** A vector of the four given int32 lanes. */
export const i32Lanes = (...values: readonly number[]): Code =>
  vectorConstant((out) => {
    for (const value of values) out.int32(value, 1)
  })

/** The bytes of two vectors, 0 to 15 of the first and 16 to 31 of the second, in the order of 16 positions. */
export const shuffle =
  (positions: readonly number[], a: Code, b: Code): Code =>
  (emission) => {
    a(emission)
    b(emission)
    emission.out.bytes([0xfd, 0x0d])
    emission.out.bytes(positions)
  }

/** The 32-bit lanes of two vectors, 0 to 3 of the first and 4 to 7 of the second, in the order of 4 positions. */
export const shuffle32 = (positions: readonly number[], a: Code, b: Code): Code =>
  shuffle(
    positions.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)),
    a,
    b,
  )

/** The 64-bit lanes of two vectors, 0 and 1 of the first and 2 and 3 of the second, in the order of 2 positions. */
export const shuffle64 = (positions: readonly number[], a: Code, b: Code): Code =>
  shuffle(
    positions.flatMap((lane) => [0, 1, 2, 3, 4, 5, 6, 7].map((byte) => 8 * lane + byte)),
    a,
    b,
  )

const enclosed = (opcode: number, body: (label: Label) => Code): Code => {
  const label: Label = { depth: 0 }
  const code = body(label)
  return (emission) => {
    emission.out.bytes([opcode, 0x40])
    emission.depth += 1
    label.depth = emission.depth
    code(emission)
    emission.depth -= 1
    emission.out.byte(0x0b)
  }
}

/** A block that a branch to its label leaves. */
export const block = (body: (leave: Label) => Code): Code => enclosed(0x02, body)

/** A block that a branch to its label begins again. */
export const loop = (body: (again: Label) => Code): Code => enclosed(0x03, body)

/** A statement, run if an int32 is not 0, and another if it is. */
export const when =
  (condition: Code, then: Code, otherwise?: Code): Code =>
  (emission) => {
    condition(emission)
    emission.out.bytes([0x04, 0x40])
    emission.depth += 1
    then(emission)
    if (otherwise !== undefined) {
      emission.out.byte(0x05)
      otherwise(emission)
    }
    emission.depth -= 1
    emission.out.byte(0x0b)
  }

const toLabel =
  (opcode: number, label: Label): Code =>
  ({ out, depth }) => {
    out.indexed(opcode, depth - label.depth)
  }

export const branch = (label: Label): Code => toLabel(0x0c, label)

export const branchIf = (label: Label, condition: Code): Code => sequence(condition, toLabel(0x0d, label))

/** `memory.copy`, all in bytes. */
export const memoryCopy = (to: Code, from: Code, count: Code): Code =>
  sequence(to, from, count, ({ out }) => out.bytes([0xfc, 0x0a, 0x00, 0x00]))

/** `memory.fill`, all in bytes. */
export const memoryFill = (at: Code, value: Code, count: Code): Code =>
  sequence(at, value, count, ({ out }) => out.bytes([0xfc, 0x0b, 0x00]))
