import type { Loop, Scalar } from '@pullback/core'
import { sequence, type Code } from '../assembler/code.ts'
import type { Elements } from './elements.ts'
import { constantVector } from './lanes.ts'
import { counterCode, type Position } from './nest.ts'
import {
  arithmetic,
  choose,
  compare,
  convert,
  positions,
  unary,
  type Operand,
  type OperationContext,
} from './operations.ts'

/** The values of the operations of a loop, each computed at the depth of the nest at which it changes. */
export interface Values {
  /** Computes the operations that change at a depth, for `count` lanes of interest. */
  readonly compute: (depth: number, position: Position, count: number) => Code
  /** The value of an operation that has been computed. */
  readonly of: (index: number) => Operand
}

const operandsOf = (scalar: Scalar): readonly number[] => ('operands' in scalar ? scalar.operands : [])

/** For each operation, within how many of the loops of a nest it changes. */
function depthsOf({ code, loads }: Loop, nest: readonly number[]): readonly number[] {
  const depths: number[] = []
  for (const scalar of code) {
    const strides = scalar.op === 'load' ? loads[scalar.view]?.strides : undefined
    const own =
      strides !== undefined
        ? nest.findLastIndex((axis) => strides[axis] !== 0) + 1
        : scalar.op === 'index'
          ? nest.indexOf(scalar.axis) + 1
          : 0
    depths.push(Math.max(own, ...operandsOf(scalar).map((operand) => depths[operand] ?? 0)))
  }
  return depths
}

/**
 * @param outer has the values of the depths that are not computed here: those that vectors side by side have in common
 */
export function valuesOf(
  loop: Loop,
  nest: readonly number[],
  vectorAxis: number,
  elements: Elements,
  context: OperationContext,
  outer?: Values,
): Values {
  const depths = depthsOf(loop, nest)
  const computed: Operand[] = []
  const of = (index: number): Operand => {
    const operand = computed[index] ?? outer?.of(index)
    if (operand === undefined) throw new Error(`operation ${index} of a loop is used before it is computed`)
    return operand
  }
  const evaluate = (scalar: Scalar, position: Position, count: number): Operand => {
    const { dtype } = scalar
    const plain = (code: Code): Operand => ({ dtype, code, mask: 'none' })
    switch (scalar.op) {
      case 'load': {
        const view = loop.loads[scalar.view]
        if (view === undefined) throw new Error(`the loop has no load ${scalar.view}`)
        return plain(elements.load(view, position, count))
      }
      case 'constant':
        return plain(constantVector(dtype, scalar.value))
      case 'index':
        return plain(positions(dtype, counterCode(position, scalar.axis), scalar.axis === vectorAxis))
      case 'cast':
        return plain(convert(dtype, of(scalar.operands[0])))
      case 'where': {
        const [condition, then, otherwise] = scalar.operands
        return plain(choose(dtype, of(condition), of(then), of(otherwise)))
      }
      case 'equal':
      case 'notEqual':
      case 'less':
      case 'lessEqual':
      case 'greater':
      case 'greaterEqual':
        return compare(scalar.op, of(scalar.operands[0]), of(scalar.operands[1]))
      case 'add':
      case 'sub':
      case 'mul':
      case 'div':
      case 'pow':
      case 'maximum':
      case 'minimum':
        return plain(arithmetic(context, scalar.op, dtype, of(scalar.operands[0]), of(scalar.operands[1])))
      default:
        return plain(unary(context, scalar.op, dtype, of(scalar.operands[0])))
    }
  }
  return {
    of,
    compute(depth, position, count) {
      const codes: Code[] = []
      for (const [index, scalar] of loop.code.entries()) {
        if (depths[index] !== depth) continue
        const operand = evaluate(scalar, position, count)
        if (scalar.op === 'constant') {
          computed[index] = operand
          continue
        }
        const local = context.local()
        codes.push(local.set(operand.code))
        computed[index] = { ...operand, code: local.get }
      }
      return sequence(...codes)
    },
  }
}
