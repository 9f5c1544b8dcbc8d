import type { Code } from '../assembler/code.ts'
import type { FunctionReference, ModuleBuilder } from '../assembler/module.ts'
import { erf } from './erf.ts'
import { exp } from './exp.ts'
import { expm1 } from './expm1.ts'
import { ofInt32 } from './halves.ts'
import { defineHugeReduction } from './hugeReduction.ts'
import { lanesOf, type FloatType, type Lanes } from './lanes.ts'
import { writeLines } from './lines.ts'
import { log } from './log.ts'
import { log1p } from './log1p.ts'
import { pow } from './pow.ts'
import { sigmoid } from './sigmoid.ts'
import { tanh } from './tanh.ts'
import { cos, sin } from './trigonometric.ts'

/** The functions of one vector, and those that need another function for huge numbers. */
const unary = { exp, expm1, log, log1p, tanh, sigmoid, erf } as const
const periodic = { sin, cos } as const

export type MathsOp = keyof typeof unary | keyof typeof periodic | 'pow'

/** Functions of a module that compute on the lanes of vectors. */
export interface MathsLibrary {
  /**
   * From a vector, and for `pow` two, to a vector; of int32 there is only `pow`. Lanes do not depend on each other and
   * have the same bits on every machine.
   */
  readonly vector: (op: MathsOp, dtype: FloatType | 'int32') => FunctionReference
}

const has = <K extends string>(table: Readonly<Record<K, unknown>>, op: string): op is K => op in table

/** The functions of a module, each defined when it is first asked for. */
export function mathsLibrary(module: ModuleBuilder): MathsLibrary {
  const defined = new Map<string, FunctionReference>()
  const once = (key: string, define: () => FunctionReference): FunctionReference => {
    const reference = defined.get(key) ?? define()
    defined.set(key, reference)
    return reference
  }
  const define = (
    inputs: number,
    dtype: FloatType,
    body: (lanes: Lanes, ...inputs: readonly Code[]) => Code,
  ): FunctionReference =>
    module.define(
      { parameters: Array.from({ length: inputs }, () => 'v128'), results: ['v128'] },
      (builder) =>
        writeLines(builder, (lines) =>
          body(lanesOf(lines, dtype), ...builder.parameters.map(({ get }) => get)),
        ),
    )
  const vector = (op: MathsOp, dtype: FloatType | 'int32'): FunctionReference =>
    once(`${op} ${dtype}`, () => {
      if (dtype === 'int32') {
        if (op !== 'pow') throw new Error(`there is no ${op} of int32`)
        const power = vector('pow', 'float64')
        return define(2, 'float64', (_, x, y) => ofInt32([x, y], power.call))
      }
      if (op === 'pow') return define(2, dtype, pow)
      if (has(unary, op)) return define(1, dtype, unary[op])
      const huge = once('huge reduction', () => defineHugeReduction(module))
      return define(1, dtype, (lanes, x) => periodic[op](lanes, x, huge))
    })
  return { vector }
}
