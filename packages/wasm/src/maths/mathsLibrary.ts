import type { Code } from '../assembler/code.ts'
import type { FunctionReference, ModuleBuilder } from '../assembler/module.ts'
import { exp } from './exp.ts'
import { expm1 } from './expm1.ts'
import { writeLanes, type FloatType, type Lanes } from './lanes.ts'
import { log } from './log.ts'
import { sigmoid } from './sigmoid.ts'
import { tanh } from './tanh.ts'

/** The functions of one vector. */
const unary = { exp, expm1, log, tanh, sigmoid } satisfies Record<string, (lanes: Lanes, x: Code) => Code>

export type MathsOp = keyof typeof unary

/** Functions of a module that compute on the lanes of vectors. */
export interface MathsLibrary {
  readonly vector: (op: MathsOp, dtype: FloatType) => FunctionReference
}

/** The functions of a module, each defined when it is first asked for. */
export function mathsLibrary(module: ModuleBuilder): MathsLibrary {
  const defined = new Map<string, FunctionReference>()
  return {
    vector(op, dtype) {
      const key = `${op} ${dtype}`
      const known = defined.get(key)
      if (known !== undefined) return known
      const reference = module.define({ parameters: ['v128'], results: ['v128'] }, (builder) => {
        const [x] = builder.parameters
        if (x === undefined) throw new Error('a function of one vector has a parameter')
        return writeLanes(builder, dtype, (lanes) => unary[op](lanes, x.get))
      })
      defined.set(key, reference)
      return reference
    },
  }
}
