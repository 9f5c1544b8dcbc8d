import { access, i32, op, sequence, when } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import type { ModuleBuilder } from '../assembler/module.ts'
import type { Features } from '../engine/features.ts'
import { advance } from './advance.ts'
import { arithmeticOf, type Arithmetic } from './arithmetic.ts'
import { defineNamed } from './defineNamed.ts'
import { defineElements } from './elements.ts'
import type { MatmulKernel, MatmulSpec } from './kernel.ts'
import { loadLanes } from './lanes.ts'
import { rectangleParameters } from './rectangle.ts'
import { registersOf } from './registers.ts'
import { inStrips, reachingBack } from './strips.ts'

const mostDepth = 4

export const isShallow = ({ n, k }: MatmulSpec, lanes: number): boolean => k <= mostDepth && n >= lanes

/** How many vectors wide a strip is best: the fewest in all, and among those the widest. */
function stripVectors({ n, k }: MatmulSpec, arithmetic: Arithmetic): number {
  const { lanes } = arithmetic
  const most = Math.min(Math.floor((registersOf(arithmetic) - k) / (k + 1)), Math.floor(n / lanes))
  const inAll = (vectors: number) => Math.ceil(n / (vectors * lanes)) * (vectors + 0.5)
  const widths = Array.from({ length: most }, (_, index) => most - index)
  return widths.reduce((best, width) => (inAll(width) < inAll(best) ? width : best), most)
}

/**
 * A product of few terms: a strip of b stays in registers while the rows go by. The last strip reaches back over the one
 * before.
 */
export function shallowKernel(
  module: ModuleBuilder,
  features: Pick<Features, 'relaxed'>,
  spec: MatmulSpec,
): MatmulKernel {
  const { k, a: aStrides, b: bStrides, outRowStride } = spec
  const arithmetic = arithmeticOf(spec.dtype, features)
  const { bytes, lanes, zero, multiplyAdd, loadSplat } = arithmetic
  const width = stripVectors(spec, arithmetic)
  const rest = defineElements(module, arithmetic, spec)

  const rectangle = defineNamed(module, rectangleParameters, (given, local) => {
    const { a, b, out, scratch, rowFrom, rowTo, columnFrom, columnTo } = given
    const [start, at, aRow, row, target, strip] = [
      local('i32'),
      local('i32'),
      local('i32'),
      local('i32'),
      local('i32'),
      local('i32'),
    ]
    const sum = local('v128')
    const terms = Array.from({ length: k }, (_, depth) => ({
      depth,
      element: local('v128'),
      vectors: Array.from({ length: width }, () => local('v128')),
    }))
    const oneRow = sequence(
      ...terms.map(({ depth, element }) => element.set(loadSplat(depth * aStrides.column * bytes, aRow.get))),
      ...Array.from({ length: width }, (_, index) =>
        sequence(
          sum.set(zero),
          ...terms.map(({ element, vectors }) =>
            sum.set(multiplyAdd(element.get, (vectors[index] ?? sum).get, sum.get)),
          ),
          access('v128.store', 16 * index, target.get, sum.get),
        ),
      ),
      advance(aRow, i32(aStrides.row * bytes)),
      advance(target, i32(outRowStride * bytes)),
    )
    const rows = sequence(
      at.set(reachingBack(start, columnTo.get, width * lanes)),
      strip.set(op('i32.add', b.get, op('i32.mul', at.get, i32(bStrides.column * bytes)))),
      aRow.set(op('i32.add', a.get, op('i32.mul', rowFrom.get, i32(aStrides.row * bytes)))),
      target.set(
        op(
          'i32.add',
          out.get,
          op('i32.mul', op('i32.add', at.get, op('i32.mul', rowFrom.get, i32(outRowStride))), i32(bytes)),
        ),
      ),
      ...terms.flatMap(({ depth, vectors }) =>
        vectors.map((vector, index) =>
          loadLanes(
            arithmetic,
            vector,
            strip.get,
            (depth * bStrides.row + index * lanes * bStrides.column) * bytes,
            lanes,
            bStrides.column,
          ),
        ),
      ),
      countUp(row, rowFrom.get, rowTo.get, 1, oneRow),
    )
    return when(
      op('i32.ge_s', op('i32.sub', columnTo.get, columnFrom.get), i32(width * lanes)),
      inStrips(start, columnFrom.get, columnTo.get, width * lanes, rows),
      rest.call(a.get, b.get, out.get, scratch.get, rowFrom.get, rowTo.get, columnFrom.get, columnTo.get),
    )
  })
  return {
    rectangle,
    scratchBytes: 0,
    divide: (threads) => ({ rows: Math.max(1, Math.min(threads, spec.m)), columns: 1 }),
    granularity: { rows: 1, columns: width * lanes },
  }
}
