import type { Check, Gather, ScatterAdd } from '@pullback/core'
import {
  access,
  branchIf,
  i32,
  i32x4,
  loop as again,
  memoryCopy,
  memoryFill,
  op,
  sequence,
  when,
  type Code,
} from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import { bytesOf } from './lanes.ts'
import type { EmitContext } from './loop.ts'
import type { Range } from './nest.ts'

/** Copies some bytes, a multiple of 4 known when code is emitted, from one address to another. */
function copyBytes({ builder }: EmitContext, to: Code, from: Code, bytes: number): Code {
  if (bytes === 0) return sequence()
  if (bytes > 512) return memoryCopy(to, from, i32(bytes))
  const target = builder.local('i32')
  const source = builder.local('i32')
  const offset = builder.local('i32')
  const whole = bytes - (bytes % 16)
  const vectors =
    whole === 0
      ? sequence()
      : sequence(
          offset.set(i32(0)),
          again((label) =>
            sequence(
              access(
                'v128.store',
                0,
                op('i32.add', target.get, offset.get),
                access('v128.load', 0, op('i32.add', source.get, offset.get)),
              ),
              branchIf(label, op('i32.lt_u', offset.tee(op('i32.add', offset.get, i32(16))), i32(whole))),
            ),
          ),
        )
  const words = Array.from({ length: (bytes - whole) / 4 }, (_, index) =>
    access('i32.store', whole + index * 4, target.get, access('i32.load', whole + index * 4, source.get)),
  )
  return sequence(target.set(to), source.set(from), vectors, ...words)
}

const product = (a: Code, factor: number): Code => (factor === 1 ? a : op('i32.mul', a, i32(factor)))

/** Copies the slices that are named, of items within a range. */
export function emitGather(context: EmitContext, gather: Gather, items: Range): Code {
  const { builder, addresses, dtypeOf } = context
  const { outer, count, inner, source, indices, out } = gather
  const bytes = inner * bytesOf(dtypeOf(source))
  const group = builder.local('i32')
  const item = builder.local('i32')
  const index = access('i32.load', 0, op('i32.add', addresses.of(indices), op('i32.shl', item.get, i32(2))))
  const from = op('i32.add', product(group.get, count), index)
  const to = op('i32.add', product(group.get, gather.items), item.get)
  const copy = copyBytes(
    context,
    op('i32.add', addresses.of(out), product(to, bytes)),
    op('i32.add', addresses.of(source), product(from, bytes)),
    bytes,
  )
  return countUp(group, i32(0), i32(outer), 1, countUp(item, items.from, items.to, 1, copy))
}

/** Adds the slices where they belong; float32 sums are taken in float64, in scratch memory. */
export function emitScatterAdd(context: EmitContext, scatter: ScatterAdd, scratch: Code): Code {
  const { builder, addresses, dtypeOf } = context
  const { outer, count, inner, items, source, indices, out } = scatter
  const dtype = dtypeOf(out)
  const bytes = bytesOf(dtype)
  const isSingle = dtype === 'float32'
  const sumBytes = isSingle ? 8 : bytes
  const sums = isSingle ? scratch : addresses.of(out)
  const total = outer * count * inner
  const type = dtype === 'int32' ? 'i32' : 'f64'
  const group = builder.local('i32')
  const item = builder.local('i32')
  const column = builder.local('i32')
  const at = builder.local('i32')
  const from = builder.local('i32')
  const index = access('i32.load', 0, op('i32.add', addresses.of(indices), op('i32.shl', item.get, i32(2))))
  const target = op('i32.add', product(op('i32.add', product(group.get, count), index), inner), column.get)
  const loaded = isSingle
    ? op('f64.promote_f32', access('f32.load', 0, from.get))
    : access(`${type}.load`, 0, from.get)
  const addOne = sequence(
    at.set(op('i32.add', sums, product(target, sumBytes))),
    access(`${type}.store`, 0, at.get, op(`${type}.add`, access(`${type}.load`, 0, at.get), loaded)),
    from.set(op('i32.add', from.get, i32(bytes))),
  )
  const addAll = countUp(
    group,
    i32(0),
    i32(outer),
    1,
    countUp(item, i32(0), i32(items), 1, countUp(column, i32(0), i32(inner), 1, addOne)),
  )
  const demote = countUp(
    column,
    i32(0),
    i32(total),
    1,
    access(
      'f32.store',
      0,
      op('i32.add', addresses.of(out), op('i32.shl', column.get, i32(2))),
      op('f32.demote_f64', access('f64.load', 0, op('i32.add', scratch, op('i32.shl', column.get, i32(3))))),
    ),
  )
  return sequence(
    memoryFill(sums, i32(0), i32(total * sumBytes)),
    from.set(addresses.of(source)),
    addAll,
    isSingle ? demote : sequence(),
  )
}

/** Leaves an int32 that is not 0 if an element of a buffer is out of range. */
export function emitCheck(
  { builder, addresses }: EmitContext,
  { indices, size }: Check,
  length: number,
): Code {
  const at = builder.local('i32')
  const bad = builder.local('i32')
  const wrong = builder.local('v128')
  const address = op('i32.add', addresses.of(indices), op('i32.shl', at.get, i32(2)))
  const whole = length - (length % 4)
  return sequence(
    bad.set(i32(0)),
    wrong.set(i32x4(0)),
    countUp(
      at,
      i32(0),
      i32(whole),
      4,
      wrong.set(op('v128.or', wrong.get, op('i32x4.ge_u', access('v128.load', 0, address), i32x4(size)))),
    ),
    countUp(
      at,
      i32(whole),
      i32(length),
      1,
      when(op('i32.ge_u', access('i32.load', 0, address), i32(size)), bad.set(i32(1))),
    ),
    op('i32.or', bad.get, op('v128.any_true', wrong.get)),
  )
}
