import { access, i32, op, sequence, when, type Code } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import type { ModuleBuilder } from '../assembler/module.ts'
import type { Features } from '../engine/features.ts'
import { advance } from './advance.ts'
import { all } from './all.ts'
import { arithmeticOf, type Arithmetic } from './arithmetic.ts'
import { blockDepth } from './blockDepth.ts'
import { defineNamed } from './defineNamed.ts'
import { defineElements } from './elements.ts'
import type { MatmulKernel, MatmulSpec } from './kernel.ts'
import { storeLanes } from './lanes.ts'
import { rectangleParameters } from './rectangle.ts'
import { registersOf } from './registers.ts'
import { inStrips, reachingBack } from './strips.ts'

/** A thin product as the sums of a few elements of one operand times neighbours, many of them, of the other. */
interface Thin {
  readonly few: 'row' | 'column'
  readonly fewCount: number
  readonly manyCount: number
  /** In elements: from one of the few to the next, and along k. */
  readonly fewStride: number
  readonly fewDepthStride: number
  readonly manyDepthStride: number
  readonly outFewStride: number
  readonly outManyStride: number
}

/** How many elements of the smaller operand leave registers for one of the larger and as many sums. */
const mostFewOf = (arithmetic: Arithmetic): number => Math.floor((registersOf(arithmetic) - 1) / 2)

function thinOf({ m, n, a, b, outRowStride }: MatmulSpec, arithmetic: Arithmetic): Thin | undefined {
  const { lanes } = arithmetic
  const mostFew = mostFewOf(arithmetic)
  if (m <= mostFew && n >= lanes && b.column === 1)
    return {
      few: 'row',
      fewCount: m,
      manyCount: n,
      fewStride: a.row,
      fewDepthStride: a.column,
      manyDepthStride: b.row,
      outFewStride: outRowStride,
      outManyStride: 1,
    }
  if (n <= mostFew && m >= lanes && a.row === 1)
    return {
      few: 'column',
      fewCount: n,
      manyCount: m,
      fewStride: b.column,
      fewDepthStride: b.row,
      manyDepthStride: a.column,
      outFewStride: 1,
      outManyStride: outRowStride,
    }
  return undefined
}

/** How many vectors wide a tile is best: few turns, none waiting for sums (4 cycles each, 2 at a time). */
function tileVectors({ fewCount, manyCount }: Thin, arithmetic: Arithmetic): number {
  const { lanes } = arithmetic
  const cost = (vectors: number) =>
    Math.ceil(manyCount / (vectors * lanes)) * Math.max((vectors * fewCount) / 2, 4, (vectors + fewCount) / 2)
  const most = Math.min(
    Math.floor((registersOf(arithmetic) - fewCount) / (fewCount + 1)),
    Math.floor(manyCount / lanes),
  )
  const widths = Array.from({ length: most }, (_, index) => most - index)
  return widths.reduce((best, width) => (cost(width) < cost(best) ? width : best), most)
}

/** Whether a product is thin; a tile less than a line wide had better not jump between lines that share a place in caches. */
export function isThin(spec: MatmulSpec, arithmetic: Arithmetic): boolean {
  const thin = thinOf(spec, arithmetic)
  return thin !== undefined && (thin.fewCount <= 3 || (thin.manyDepthStride * arithmetic.bytes) % 1024 !== 0)
}

/**
 * A product with few rows or few columns: nothing is packed, as each element of the larger operand is used only few times.
 * The last tile reaches back over the one before.
 */
export function thinKernel(
  module: ModuleBuilder,
  features: Pick<Features, 'relaxed'>,
  spec: MatmulSpec,
): MatmulKernel {
  const arithmetic = arithmeticOf(spec.dtype, features)
  const { bytes, lanes, zero, add, multiplyAdd, loadSplat } = arithmetic
  const thin = thinOf(spec, arithmetic)
  if (thin === undefined) throw new Error('the product is not thin')
  const { fewCount, fewStride, fewDepthStride, manyDepthStride, outFewStride, outManyStride } = thin
  const { k } = spec
  const depth = blockDepth(k)
  const blocks = Math.ceil(k / depth)
  const width = tileVectors(thin, arithmetic)
  const rest = defineElements(module, arithmetic, spec)

  const rectangle = defineNamed(module, rectangleParameters, (given, local) => {
    const { a, b, out, scratch, rowFrom, rowTo, columnFrom, columnTo } = given
    const byRow = thin.few === 'row'
    const [fewFrom, fewTo] = byRow ? [rowFrom, rowTo] : [columnFrom, columnTo]
    const [from, to] = byRow ? [columnFrom, columnTo] : [rowFrom, rowTo]
    const [fewBase, manyBase] = byRow ? [a, b] : [b, a]
    const [start, at, few, many, end, target, block] = [
      local('i32'),
      local('i32'),
      local('i32'),
      local('i32'),
      local('i32'),
      local('i32'),
      local('i32'),
    ]
    const element = local('v128')
    const vectors = Array.from({ length: width }, () => local('v128'))
    const cells = Array.from({ length: fewCount }, (_, row) =>
      vectors.map((vector, index) => ({ row, vector, index, sum: local('v128'), total: local('v128') })),
    )
    const every = cells.flat()
    const turn = sequence(
      ...vectors.map((vector, index) => vector.set(access('v128.load', 16 * index, many.get))),
      ...cells.map((ofRow, row) =>
        sequence(
          element.set(loadSplat(row * fewStride * bytes, few.get)),
          ...ofRow.map(({ vector, sum }) => sum.set(multiplyAdd(element.get, vector.get, sum.get))),
        ),
      ),
      advance(few, i32(fewDepthStride * bytes)),
      advance(many, i32(manyDepthStride * bytes)),
    )
    const sumOf = (count: number): Code =>
      sequence(...every.map(({ sum }) => sum.set(zero)), countUp(end, i32(0), i32(count), 1, turn))
    const addUp = (into: (cell: (typeof every)[number]) => Code) =>
      every.map((cell) => cell.total.set(into(cell)))
    const sums: Code =
      blocks === 1
        ? sumOf(k)
        : sequence(
            sumOf(depth),
            ...addUp(({ sum }) => sum.get),
            countUp(
              block,
              i32(2),
              i32(blocks),
              1,
              sequence(sumOf(depth), ...addUp(({ sum, total }) => add(total.get, sum.get))),
            ),
            sumOf(k - (blocks - 1) * depth),
            ...every.map(({ sum, total }) => sum.set(add(total.get, sum.get))),
          )
    const tile = sequence(
      at.set(reachingBack(start, to.get, width * lanes)),
      few.set(fewBase.get),
      many.set(op('i32.add', manyBase.get, op('i32.mul', at.get, i32(bytes)))),
      target.set(op('i32.add', out.get, op('i32.mul', at.get, i32(outManyStride * bytes)))),
      sums,
      ...every.map(({ row, index, sum }) =>
        storeLanes(
          arithmetic,
          sum,
          target.get,
          (row * outFewStride + index * lanes * outManyStride) * bytes,
          lanes,
          outManyStride,
        ),
      ),
    )
    return when(
      all(
        op('i32.eqz', fewFrom.get),
        op('i32.eq', fewTo.get, i32(fewCount)),
        op('i32.ge_s', op('i32.sub', to.get, from.get), i32(width * lanes)),
      ),
      inStrips(start, from.get, to.get, width * lanes, tile),
      rest.call(a.get, b.get, out.get, scratch.get, rowFrom.get, rowTo.get, columnFrom.get, columnTo.get),
    )
  })
  const byRow = thin.few === 'row'
  const parts = (threads: number) =>
    Math.max(1, Math.min(threads, Math.floor(thin.manyCount / (width * lanes))))
  return {
    rectangle,
    scratchBytes: 0,
    divide: (threads) =>
      byRow ? { rows: 1, columns: parts(threads) } : { rows: parts(threads), columns: 1 },
    granularity: byRow
      ? { rows: fewCount, columns: width * lanes }
      : { rows: width * lanes, columns: fewCount },
  }
}
