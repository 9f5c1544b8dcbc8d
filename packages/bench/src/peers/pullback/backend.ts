import { evaluate, type TreeRecord } from '@pullback/core'

/** A pure function of trees of tensors. */
export type TreeFunction = (args: TreeRecord) => TreeRecord

/** A function made ready for arguments of the shapes of an example, with how long that took if it was compiled. */
export interface Executable {
  readonly run: (args: TreeRecord) => TreeRecord | Promise<TreeRecord>
  readonly compileMilliseconds?: number
  readonly dispose?: () => void
}

/** One way for Pullback to run a function: the reference interpreter, or one of the compiled backends. */
export interface Backend {
  readonly available?: () => string | undefined | Promise<string | undefined>
  readonly compile: (f: TreeFunction, example: TreeRecord) => Executable | Promise<Executable>
}

/** Nothing is prepared: every step builds its expressions and evaluates them, as `fit` does. */
const reference: Backend = {
  compile: (f) => ({ run: (args) => evaluate(f(args)) }),
}

/** How each backend is made for a number of threads; a new one is one line here and one in `entries`. */
export const backends = {
  reference: (_threads: number): Backend => reference,
} as const

export type BackendName = keyof typeof backends
