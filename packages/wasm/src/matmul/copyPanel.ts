import { access, i32, sequence, type Code } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import type { FunctionReference, ModuleBuilder } from '../assembler/module.ts'
import { advance } from './advance.ts'
import { defineNamed } from './defineNamed.ts'

/**
 * Defines the function that copies a full panel whose columns are neighbours, whole rows at a time: takes the address of its
 * first element, the bytes from one row to the next, the address to copy to, and the number of rows.
 */
export const defineCopyPanel = (module: ModuleBuilder, vectors: number): FunctionReference =>
  defineNamed(module, ['from', 'rowStride', 'to', 'rows'], ({ from, rowStride, to, rows }, local) => {
    const row = local('i32')
    const copy = (index: number): Code =>
      access('v128.store', 16 * index, to.get, access('v128.load', 16 * index, from.get))
    return countUp(
      row,
      i32(0),
      rows.get,
      1,
      sequence(
        ...Array.from({ length: vectors }, (_, index) => copy(index)),
        advance(from, rowStride.get),
        advance(to, i32(16 * vectors)),
      ),
    )
  })
