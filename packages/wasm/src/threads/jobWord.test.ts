import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { i32, sequence, type Code } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import { moduleBuilder, type Local } from '../assembler/module.ts'
import { namedFunction } from '../assembler/namedFunction.ts'
import { webAssembly } from '../engine/webAssembly.ts'
import {
  chunksOf,
  claimed,
  isOpen,
  jobWord,
  mostChunks,
  mostPositions,
  mostPrograms,
  nextChunk,
  positionOf,
  programOf,
} from './jobWord.ts'

type Numbers = (program: number, position: number, chunks: number, claims: number) => number

/** What a reader says of the word of a job after some claims. */
function reading(read: (word: Local) => Code): Numbers {
  if (webAssembly === undefined) throw new Error('no WebAssembly')
  const module = moduleBuilder()
  const names = ['program', 'position', 'chunks', 'claims'] as const
  const whole = namedFunction(module, names, ['i32'], ({ program, position, chunks, claims }, local) => {
    const word = local('i64')
    const count = local('i32')
    return sequence(
      word.set(jobWord(program.get, position.get, chunks.get)),
      countUp(count, i32(0), claims.get, 1, word.set(claimed(word))),
      read(word),
    )
  })
  module.export('read', whole)
  const { Module, Instance } = webAssembly
  return new Instance(new Module(module.assemble()), {}).exports['read'] as Numbers
}

it('is read as it was written, however far the job has come', () => {
  const readers = [programOf, positionOf, chunksOf, nextChunk, isOpen].map(reading)
  const job = fc
    .tuple(fc.nat(mostPrograms - 1), fc.nat(mostPositions - 1), fc.nat(mostChunks))
    .chain(([program, position, chunks]) =>
      fc.tuple(fc.constant([program, position, chunks] as const), fc.nat(chunks)),
    )
  fc.assert(
    fc.property(job, ([[program, position, chunks], claims]) => {
      expect(readers.map((read) => read(program, position, chunks, claims))).toEqual([
        program,
        position,
        chunks,
        claims,
        claims < chunks ? 1 : 0,
      ])
    }),
  )
})
