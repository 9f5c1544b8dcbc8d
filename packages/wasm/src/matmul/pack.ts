import {
  access,
  branchIf,
  i32,
  laneAccess,
  loop,
  op,
  sequence,
  shuffle32,
  shuffle64,
  when,
  type Code,
} from '../assembler/code.ts'
import type { FunctionReference, Local, ModuleBuilder } from '../assembler/module.ts'
import { advance } from './advance.ts'
import type { Arithmetic } from './arithmetic.ts'
import { defineNamed } from './defineNamed.ts'

/** Rows and columns of a square of vectors exchanged. */
function transposed(vectors: readonly Local[], fresh: readonly Local[]): Code {
  const [p, q, r, s] = vectors
  const [t, u, v, w] = fresh
  if (p === undefined || q === undefined || t === undefined || u === undefined) throw new Error('no square')
  if (r === undefined || s === undefined || v === undefined || w === undefined)
    return sequence(
      t.set(shuffle64([0, 2], p.get, q.get)),
      u.set(shuffle64([1, 3], p.get, q.get)),
      p.set(t.get),
      q.set(u.get),
    )
  return sequence(
    t.set(shuffle32([0, 4, 1, 5], p.get, q.get)),
    u.set(shuffle32([2, 6, 3, 7], p.get, q.get)),
    v.set(shuffle32([0, 4, 1, 5], r.get, s.get)),
    w.set(shuffle32([2, 6, 3, 7], r.get, s.get)),
    p.set(shuffle64([0, 2], t.get, v.get)),
    q.set(shuffle64([1, 3], t.get, v.get)),
    r.set(shuffle64([0, 2], u.get, w.get)),
    s.set(shuffle64([1, 3], u.get, w.get)),
  )
}

/**
 * Defines the function that copies a strip of a matrix, one vector wide: takes the address of its first element, the bytes
 * from one column to the next and from one row to the next, the address to copy to, the bytes between vectors there, the
 * number of rows, and the number of columns that there are; the lanes beyond repeat the last one.
 */
export const definePack = (module: ModuleBuilder, { bits, bytes, lanes }: Arithmetic): FunctionReference =>
  defineNamed(
    module,
    ['from', 'columnStride', 'rowStride', 'to', 'toStride', 'rows', 'columns'],
    ({ from, columnStride, rowStride, to, toStride, rows, columns }, local) => {
      const left = local('i32')
      const below = Array.from({ length: lanes - 1 }, () => local('i32'))
      const pointers = [from, ...below]
      const square = Array.from({ length: lanes }, () => local('v128'))
      const fresh = Array.from({ length: lanes }, () => local('v128'))
      const [vector] = square
      if (vector === undefined) throw new Error('a vector has lanes')
      /** While as many rows are left. */
      const whileLeft = (count: number, body: Code): Code =>
        when(
          op('i32.ge_s', left.get, i32(count)),
          loop((again) =>
            sequence(
              body,
              left.set(op('i32.sub', left.get, i32(count))),
              branchIf(again, op('i32.ge_s', left.get, i32(count))),
            ),
          ),
        )
      const store = (value: Code): Code =>
        sequence(access('v128.store', 0, to.get, value), advance(to, toStride.get))
      const gather = sequence(
        vector.set(access(`v128.load${bits}_zero`, 0, from.get)),
        ...below.map((pointer, index) =>
          vector.set(laneAccess(`v128.load${bits}_lane`, 0, index + 1, pointer.get, vector.get)),
        ),
        store(vector.get),
        ...pointers.map((pointer) => advance(pointer, rowStride.get)),
      )
      const exchange = sequence(
        ...pointers.map((pointer, index) =>
          (square[index] ?? vector).set(access('v128.load', 0, pointer.get)),
        ),
        transposed(square, fresh),
        ...square.map(({ get }) => store(get)),
        ...pointers.map((pointer) => advance(pointer, i32(16))),
      )
      const copy = sequence(store(access('v128.load', 0, from.get)), advance(from, rowStride.get))
      const contiguous = op(
        'i32.and',
        op('i32.eq', columnStride.get, i32(bytes)),
        op('i32.eq', columns.get, i32(lanes)),
      )
      return sequence(
        left.set(rows.get),
        when(
          contiguous,
          whileLeft(1, copy),
          sequence(
            ...below.map((pointer, index) => {
              const before = (pointers[index] ?? from).get
              return pointer.set(
                op(
                  'i32.add',
                  before,
                  op('select', columnStride.get, i32(0), op('i32.gt_s', columns.get, i32(index + 1))),
                ),
              )
            }),
            when(op('i32.eq', rowStride.get, i32(bytes)), whileLeft(lanes, exchange)),
            whileLeft(1, gather),
          ),
        ),
      )
    },
  )
