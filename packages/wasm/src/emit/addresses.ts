import { access, i32, op, sequence, type Code } from '../assembler/code.ts'
import type { FunctionBuilder, Local } from '../assembler/module.ts'

/** Where a buffer begins: at a place known when code is emitted, or one that a word of memory holds when it runs. */
export type Origin = { readonly address: number } | { readonly pointerAt: number }

/** A position in a buffer, in bytes: what is known when code is emitted, and what is not. */
export interface ByteOffset {
  readonly fixed: number
  readonly varying: Code | undefined
  /** Whether the varying part can be negative. */
  readonly isSigned: boolean
}

/** The operands of a memory access. */
export interface Address {
  readonly code: Code
  readonly offset: number
}

/** How a function finds its buffers; the pointers of those whose place varies are read once, at its start. */
export interface Addresses {
  readonly at: (buffer: number, position: ByteOffset) => Address
  /** The address of the beginning of a buffer, as a value. */
  readonly of: (buffer: number) => Code
  /** What is to come before the code that uses them. */
  readonly prologue: () => Code
}

/** Where a buffer begins as a value: a place that is known, or the pointer to it. */
type Begin = number | Code

const addressesFrom = (beginOf: (buffer: number) => Begin, prologue: () => Code): Addresses => ({
  at(buffer, { fixed, varying, isSigned }) {
    const begin = beginOf(buffer)
    const offset = typeof begin === 'number' ? begin + fixed : fixed
    const pointer = typeof begin === 'number' ? undefined : begin
    if (varying === undefined) return { code: pointer ?? i32(0), offset }
    const moved = pointer === undefined ? varying : op('i32.add', pointer, varying)
    return isSigned ? { code: op('i32.add', moved, i32(offset)), offset: 0 } : { code: moved, offset }
  },
  of(buffer) {
    const begin = beginOf(buffer)
    return typeof begin === 'number' ? i32(begin) : begin
  },
  prologue,
})

const originIn = (origins: readonly Origin[], buffer: number): Origin => {
  const origin = origins[buffer]
  if (origin === undefined) throw new Error(`the plan has no buffer ${buffer}`)
  return origin
}

/** The address of the beginning of a buffer, for whoever is given it as an argument. */
export function addressOf(origins: readonly Origin[], buffer: number): Code {
  const origin = originIn(origins, buffer)
  return 'address' in origin ? i32(origin.address) : access('i32.load', origin.pointerAt, i32(0))
}

/** The addresses of a function that knows where its buffers are. */
export function addressesIn({ local }: FunctionBuilder, origins: readonly Origin[]): Addresses {
  const pointers = new Map<number, Local>()
  const pointerTo = (at: number): Code => {
    const known = pointers.get(at)
    if (known !== undefined) return known.get
    const held = local('i32')
    pointers.set(at, held)
    return held.get
  }
  return addressesFrom(
    (buffer) => {
      const origin = originIn(origins, buffer)
      return 'address' in origin ? origin.address : pointerTo(origin.pointerAt)
    },
    () => sequence(...[...pointers].map(([at, held]) => held.set(access('i32.load', at, i32(0))))),
  )
}

/** The addresses of a function that is given those of its buffers, one after the other, in locals. */
export const addressesGiven = (locals: readonly Local[]): Addresses =>
  addressesFrom(
    (buffer) => {
      const given = locals[buffer]
      if (given === undefined) throw new Error(`a shared function has no buffer ${buffer}`)
      return given.get
    },
    () => sequence(),
  )
