import type { Scalar } from '../plan.ts'
import type { CodeList, Load } from './codeList.ts'
import { element } from './element.ts'

/** A code list without the operations that none of some results needs, and where those results are in it. */
export interface Pruned extends CodeList {
  readonly results: readonly number[]
}

/** Leaves out the operations and loads that no result needs. */
export function prune({ code, loads }: CodeList, results: readonly number[]): Pruned {
  const needed = new Set(results)
  for (let position = code.length - 1; position >= 0; position--) {
    const scalar = element(code, position)
    if (needed.has(position) && 'operands' in scalar)
      for (const operand of scalar.operands) needed.add(operand)
  }
  if (needed.size === code.length) return { code, loads, results }
  const keptCode: Scalar[] = []
  const keptLoads: Load[] = []
  const moved = new Map<number, number>()
  const to = (position: number): number => moved.get(position) ?? 0
  for (const [position, scalar] of code.entries()) {
    if (!needed.has(position)) continue
    moved.set(position, keptCode.length)
    if (scalar.op === 'load')
      keptCode.push({ ...scalar, view: keptLoads.push(element(loads, scalar.view)) - 1 })
    else if ('operands' in scalar)
      keptCode.push({ ...scalar, operands: scalar.operands.map(to) } as unknown as Scalar)
    else keptCode.push(scalar)
  }
  return { code: keptCode, loads: keptLoads, results: results.map(to) }
}
