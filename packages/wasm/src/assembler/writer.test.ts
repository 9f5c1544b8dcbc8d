import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writer, type Writer } from './writer.ts'

const written = (write: (out: Writer) => void): readonly number[] => {
  const out = writer()
  write(out)
  return [...out.written()]
}

/** The integer that bytes of seven digits each stand for, the last of them with a sign if it has one. */
function decoded(bytes: readonly number[], signed: boolean): bigint {
  let value = 0n
  bytes.forEach((byte, index) => {
    expect((byte & 0x80) !== 0).toBe(index < bytes.length - 1)
    value |= BigInt(byte & 0x7f) << BigInt(7 * index)
  })
  return signed ? BigInt.asIntN(7 * bytes.length, value) : value
}

/** As many times seven digits as the number needs. */
function shortest(value: bigint, signed: boolean): number {
  let count = 1
  const fits = (digits: number) =>
    signed ? BigInt.asIntN(digits, value) === value : BigInt.asUintN(digits, value) === value
  while (!fits(7 * count)) count += 1
  return count
}

/** Integers of any length in digits. */
const integers = (digits: number, signed: boolean) =>
  fc
    .tuple(fc.bigInt({ min: 0n, max: 2n ** BigInt(digits) - 1n }), fc.nat({ max: digits - 1 }))
    .map(([value, shift]) => (signed ? BigInt.asIntN(digits, value) : value) >> BigInt(shift))

describe('an integer', () => {
  it.each([
    ['unsigned, of 32 bits', integers(32, false), false, (value) => (out) => out.unsigned(Number(value))],
    ['signed, of 32 bits', integers(32, true), true, (value) => (out) => out.signed(Number(value))],
    ['signed, of 64 bits', integers(64, true), true, (value) => (out) => out.signed64(value)],
  ] as const satisfies readonly (readonly [
    string,
    fc.Arbitrary<bigint>,
    boolean,
    (value: bigint) => (out: Writer) => void,
  ])[])('%s, is read back from as few bytes as there can be', (_, values, signed, write) => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = written(write(value))
        expect(decoded(bytes, signed)).toBe(value)
        expect(bytes).toHaveLength(shortest(value, signed))
      }),
      { numRuns: 2000 },
    )
  })

  it('has the bytes of the examples in the specification of DWARF, section 7.6', () => {
    expect(written((out) => out.unsigned(2))).toEqual([2])
    expect(written((out) => out.unsigned(12_857))).toEqual([0x39 + 0x80, 100])
    expect(written((out) => out.signed(-2))).toEqual([0x7e])
    expect(written((out) => out.signed(128))).toEqual([0x80, 1])
    expect(written((out) => out.signed(-129))).toEqual([0x7f + 0x80, 0x7e])
  })
})

describe('other bytes', () => {
  it('of numbers are those of a little-endian machine, in every lane', () => {
    fc.assert(
      fc.property(
        fc.double(),
        fc.integer(),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.nat(5),
        (float, integer, large, lanes) => {
          const view = new DataView(new ArrayBuffer(24 * lanes))
          for (let lane = 0; lane < lanes; lane++) {
            view.setFloat32(4 * lane, float, true)
            view.setFloat64(4 * lanes + 8 * lane, float, true)
            view.setInt32(12 * lanes + 4 * lane, integer, true)
            view.setBigInt64(16 * lanes + 8 * lane, large, true)
          }
          const bytes = written((out) => {
            out.float32(float, lanes)
            out.float64(float, lanes)
            out.int32(integer, lanes)
            out.int64(large, lanes)
          })
          expect(bytes).toEqual([...new Uint8Array(view.buffer)])
        },
      ),
    )
  })

  it('of an instruction with an index are its opcode and the index, however many come before', () => {
    fc.assert(
      fc.property(fc.nat(600), fc.nat(255), integers(32, false), (before, opcode, index) => {
        const given = (out: Writer) => {
          for (let count = 0; count < before; count++) out.byte(1)
        }
        expect(
          written((out) => {
            given(out)
            out.indexed(opcode, Number(index))
          }),
        ).toEqual(
          written((out) => {
            given(out)
            out.byte(opcode)
            out.unsigned(Number(index))
          }),
        )
      }),
    )
  })

  it('of a name are its length in bytes and its UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        const encoded = [...new TextEncoder().encode(text)]
        expect(written((out) => out.name(text))).toEqual([
          ...written((out) => out.unsigned(encoded.length)),
          ...encoded,
        ])
      }),
    )
  })

  it('stay in order, however many', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 700 })), fc.nat({ max: 255 }), (pieces, last) => {
        const bytes = written((out) => {
          for (const piece of pieces) out.bytes(piece)
          out.byte(last)
        })
        expect(bytes).toEqual([...pieces.flatMap((piece) => [...piece]), last])
      }),
    )
  })
})
