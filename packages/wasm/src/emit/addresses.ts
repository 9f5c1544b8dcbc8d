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

export function addressesIn({ local }: FunctionBuilder, origins: readonly Origin[]): Addresses {
  const pointers = new Map<number, { readonly held: Local; readonly at: number }>()
  const pointerTo = (at: number): Code => {
    const known = pointers.get(at)
    if (known !== undefined) return known.held.get
    const held = local('i32')
    pointers.set(at, { held, at })
    return held.get
  }
  const originOf = (buffer: number): Origin => {
    const origin = origins[buffer]
    if (origin === undefined) throw new Error(`the plan has no buffer ${buffer}`)
    return origin
  }
  return {
    at(buffer, { fixed, varying, isSigned }) {
      const origin = originOf(buffer)
      if ('address' in origin) {
        const offset = origin.address + fixed
        if (varying === undefined) return { code: i32(0), offset }
        return isSigned ? { code: op('i32.add', varying, i32(offset)), offset: 0 } : { code: varying, offset }
      }
      const pointer = pointerTo(origin.pointerAt)
      if (varying === undefined) return { code: pointer, offset: fixed }
      const moved = op('i32.add', pointer, varying)
      return isSigned ? { code: op('i32.add', moved, i32(fixed)), offset: 0 } : { code: moved, offset: fixed }
    },
    of(buffer) {
      const origin = originOf(buffer)
      return 'address' in origin ? i32(origin.address) : pointerTo(origin.pointerAt)
    },
    prologue: () =>
      sequence(...[...pointers.values()].map(({ held, at }) => held.set(access('i32.load', at, i32(0))))),
  }
}
