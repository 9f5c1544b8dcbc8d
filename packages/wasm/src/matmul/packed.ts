import { i32, op, sequence, when, type Code } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import type { FunctionReference, ModuleBuilder } from '../assembler/module.ts'
import type { Features } from '../engine/features.ts'
import { arithmeticOf } from './arithmetic.ts'
import { blockDepth } from './blockDepth.ts'
import { defineCopyPanel } from './copyPanel.ts'
import { defineNamed } from './defineNamed.ts'
import { cheapestDivision } from './division.ts'
import type { MatmulKernel, MatmulSpec } from './kernel.ts'
import { oncePerModule } from './oncePerModule.ts'
import { definePack } from './pack.ts'
import { definePanel, tileRowsOf, tileVectorsOf } from './panel.ts'
import { rectangleParameters } from './rectangle.ts'
import { roundedUp } from './roundedUp.ts'

/** From here on, in bytes, elements of a row of a are copied next to each other: so far apart they would empty the cache. */
const farApart = 1024
/** Blocks of a and b that stay in the second cache, of 1 MiB, or near it: twice or half as large makes no difference. */
const blockRows = 192
const mostBlockColumns = 512

const sharedParts = oncePerModule((module, arithmetic) => {
  const panels = new Map<number, FunctionReference>()
  return {
    pack: definePack(module, arithmetic),
    copyPanel: defineCopyPanel(module, tileVectorsOf(arithmetic)),
    panelOf: (vectors: number): FunctionReference => {
      const panel = panels.get(vectors) ?? definePanel(module, arithmetic, vectors)
      panels.set(vectors, panel)
      return panel
    },
  }
})

const sum = (a: Code, b: Code) => op('i32.add', a, b)
const times = (a: Code, factor: number) => op('i32.mul', a, i32(factor))
const smaller = (a: Code, b: Code) => op('select', a, b, op('i32.lt_s', a, b))

/** A large product: blocks of b are copied into panels as wide as a tile, blocks of a into rows unless it has them. */
export function packedKernel(
  module: ModuleBuilder,
  features: Pick<Features, 'relaxed'>,
  spec: MatmulSpec,
): MatmulKernel {
  const { m, n, k, a: aStrides, b: bStrides, outRowStride } = spec
  const arithmetic = arithmeticOf(spec.dtype, features)
  const { bytes, lanes } = arithmetic
  const { pack, copyPanel, panelOf } = sharedParts(module, features, spec.dtype)
  const tileVectors = tileVectorsOf(arithmetic)
  const tileRows = tileRowsOf(arithmetic, tileVectors)
  const panelColumns = tileVectors * lanes
  /** What is left of the columns has a panel as narrow as it can be. */
  const restVectors = Math.ceil((n % panelColumns) / lanes) || tileVectors
  const wide = panelOf(tileVectors)
  const rest = panelOf(restVectors)
  const depth = blockDepth(k)
  const rowsOfBlock = Math.min(blockRows, roundedUp(m, tileRows))
  const blockColumns = mostBlockColumns - (mostBlockColumns % panelColumns)
  const columnsOfBlock = Math.min(blockColumns, roundedUp(n, panelColumns))
  const copiesA = k > 1 && aStrides.column * bytes > farApart
  const spareBytes =
    Math.max(...[restVectors, tileVectors].map((vectors) => vectors * tileRowsOf(arithmetic, vectors))) * 16
  const bBytes = columnsOfBlock * depth * bytes
  /** Rows not a power of 2 apart, which would all compete for the same lines of the caches. */
  const aRowBytes = copiesA ? (depth + lanes) * bytes : aStrides.row * bytes
  const aBytes = copiesA ? rowsOfBlock * aRowBytes : 0

  const rectangle = defineNamed(module, rectangleParameters, (given, local) => {
    const { a, b, out, scratch, rowFrom, rowTo, columnFrom, columnTo } = given
    const i = () => local('i32')
    const [row, rows, column, columns, at, depths, panel, wanted, strip, aBlock] = [
      i(),
      i(),
      i(),
      i(),
      i(),
      i(),
      i(),
      i(),
      i(),
      i(),
    ]
    const aAt = (rowIndex: Code, kIndex: Code) =>
      sum(a.get, sum(times(rowIndex, aStrides.row * bytes), times(kIndex, aStrides.column * bytes)))
    const bAt = (kIndex: Code, columnIndex: Code) =>
      sum(b.get, sum(times(kIndex, bStrides.row * bytes), times(columnIndex, bStrides.column * bytes)))
    const bScratch = sum(scratch.get, i32(spareBytes))
    const aScratch = sum(scratch.get, i32(spareBytes + bBytes))
    const panelAt = sum(bScratch, times(op('i32.mul', panel.get, depths.get), bytes))
    const isRest = op('i32.le_s', wanted.get, i32(lanes * restVectors))
    const packStrips = countUp(
      strip,
      i32(0),
      wanted.get,
      lanes,
      pack.call(
        bAt(at.get, sum(column.get, sum(panel.get, strip.get))),
        i32(bStrides.column * bytes),
        i32(bStrides.row * bytes),
        sum(panelAt, times(strip.get, bytes)),
        op('select', i32(16 * restVectors), i32(16 * tileVectors), isRest),
        depths.get,
        smaller(i32(lanes), op('i32.sub', wanted.get, strip.get)),
      ),
    )
    const packB = countUp(
      panel,
      i32(0),
      columns.get,
      panelColumns,
      sequence(
        wanted.set(smaller(i32(panelColumns), op('i32.sub', columns.get, panel.get))),
        bStrides.column === 1
          ? when(
              op('i32.eq', wanted.get, i32(panelColumns)),
              copyPanel.call(
                bAt(at.get, sum(column.get, panel.get)),
                i32(bStrides.row * bytes),
                panelAt,
                depths.get,
              ),
              packStrips,
            )
          : packStrips,
      ),
    )
    const packA = copiesA
      ? sequence(
          countUp(
            strip,
            i32(0),
            depths.get,
            lanes,
            pack.call(
              aAt(row.get, sum(at.get, strip.get)),
              i32(aStrides.column * bytes),
              i32(aStrides.row * bytes),
              sum(aScratch, times(strip.get, bytes)),
              i32(aRowBytes),
              rows.get,
              smaller(i32(lanes), op('i32.sub', depths.get, strip.get)),
            ),
          ),
          aBlock.set(aScratch),
        )
      : aBlock.set(aAt(row.get, at.get))
    const panelOperands = [
      aBlock.get,
      i32(aRowBytes),
      i32(copiesA ? bytes : aStrides.column * bytes),
      panelAt,
      sum(out.get, times(sum(times(row.get, outRowStride), sum(column.get, panel.get)), bytes)),
      i32(outRowStride * bytes),
      depths.get,
      at.get,
      rows.get,
      wanted.get,
      scratch.get,
    ]
    const multiply = countUp(
      panel,
      i32(0),
      columns.get,
      panelColumns,
      sequence(
        wanted.set(smaller(i32(panelColumns), op('i32.sub', columns.get, panel.get))),
        rest === wide
          ? wide.call(...panelOperands)
          : when(isRest, rest.call(...panelOperands), wide.call(...panelOperands)),
      ),
    )
    return countUp(
      column,
      columnFrom.get,
      columnTo.get,
      columnsOfBlock,
      sequence(
        columns.set(smaller(i32(columnsOfBlock), op('i32.sub', columnTo.get, column.get))),
        countUp(
          at,
          i32(0),
          i32(k),
          depth,
          sequence(
            depths.set(smaller(i32(depth), op('i32.sub', i32(k), at.get))),
            packB,
            countUp(
              row,
              rowFrom.get,
              rowTo.get,
              rowsOfBlock,
              sequence(
                rows.set(smaller(i32(rowsOfBlock), op('i32.sub', rowTo.get, row.get))),
                packA,
                multiply,
              ),
            ),
          ),
        ),
      ),
    )
  })
  const granularity = { rows: tileRows, columns: panelColumns }
  return {
    rectangle,
    scratchBytes: roundedUp(spareBytes + bBytes + aBytes, 16),
    divide: (threads) => cheapestDivision({ m, n, copiesA, granularity }, threads),
    granularity,
  }
}
