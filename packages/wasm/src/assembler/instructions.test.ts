import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { webAssembly } from '../engine/webAssembly.ts'
import { access, f32, f64, i32, i64, lane, laneAccess, op, sequence, type Code } from './code.ts'
import { functionsOf } from './disassemble.fixture.ts'
import { moduleBuilder } from './module.ts'
import { instructionNames } from './opcodes.ts'

/** One function an instruction; behind `unreachable` the stack has whatever it takes. */
function assembled(codes: readonly Code[]): Uint8Array {
  const module = moduleBuilder()
  module.importMemory('env', 'memory', { minimum: 1, maximum: 1, shared: true })
  for (const code of codes)
    module.define({ parameters: [], results: [] }, () => sequence(op('unreachable'), code, op('unreachable')))
  return module.assemble()
}

const disassembled = (codes: readonly Code[]): readonly string[] =>
  functionsOf(assembled(codes)).map(([, , instruction = 'nothing']) => instruction)

describe('an instruction', () => {
  it('without immediates has the opcode of its name', () => {
    const names = instructionNames.plain
    expect(disassembled(names.map((name) => op(name)))).toEqual(names)
  })

  it('on a lane has the opcode of its name and the lane', () => {
    const all = instructionNames.lane.flatMap((name) =>
      [0, name.includes('x4') ? 3 : 1].map((index) => ({ name, index })),
    )
    expect(disassembled(all.map(({ name, index }) => lane(name, index)))).toEqual(
      all.map(({ name, index }) => `${name} ${index}`),
    )
  })

  it('on memory has the opcode of its name, its natural alignment and the offset', () => {
    const offsets = [0, 1, 127, 128, 65_535, 2 ** 31, 2 ** 32 - 1]
    const all = instructionNames.memory.flatMap((name) => offsets.map((offset) => ({ name, offset })))
    // An alignment that is not natural would be shown.
    expect(disassembled(all.map(({ name, offset }) => access(name, offset)))).toEqual(
      all.map(({ name, offset }) => (offset === 0 ? name : `${name} offset=${offset}`)),
    )
  })

  it('on a lane in memory has the opcode of its name, its natural alignment, the offset and the lane', () => {
    const names = instructionNames.laneMemory
    expect(disassembled(names.map((name) => laneAccess(name, 300, 1)))).toEqual(
      names.map((name) => `${name} offset=300 1`),
    )
  })

  it('is one that the engine takes, unless it is relaxed, which not all know', () => {
    const { plain, lane: ofLane, memory, laneMemory } = instructionNames
    const codes = [
      ...plain.filter((name) => !name.includes('relaxed')).map((name) => op(name)),
      ...ofLane.map((name) => lane(name, 1)),
      ...memory.map((name) => access(name, 16)),
      ...laneMemory.map((name) => laneAccess(name, 16, 1)),
    ]
    expect(codes.filter((code) => webAssembly?.validate(assembled([code])) !== true)).toEqual([])
  })

  it('that there is not is named', () => {
    expect(() => op('f32.fma')).toThrow("there is no instruction 'f32.fma' of this form")
    expect(() => lane('f32x4.add', 0)).toThrow("there is no instruction 'f32x4.add' of this form")
    expect(() => access('f32.add', 0)).toThrow("there is no instruction 'f32.add' of this form")
    expect(() => laneAccess('f32.load', 0, 0)).toThrow("there is no instruction 'f32.load' of this form")
  })
})

describe('a constant', () => {
  it('that is an integer is shown as itself', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        expect(disassembled(values.map(i32))).toEqual(values.map((value) => `i32.const ${value}`))
      }),
    )
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { minLength: 1 }),
        (values) => {
          expect(disassembled(values.map(i64))).toEqual(values.map((value) => `i64.const ${value}`))
        },
      ),
    )
  })

  it('that is a float begins with the type and ends in a comment with its value', () => {
    expect(disassembled([f32(1.5), f64(-0), f64(Number.POSITIVE_INFINITY)])).toEqual([
      'f32.const 0x1.8p+0 (;=1.5;)',
      'f64.const -0x0p+0 (;=-0;)',
      'f64.const inf (;=inf;)',
    ])
  })
})
