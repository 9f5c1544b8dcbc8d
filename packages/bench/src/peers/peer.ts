import type { Parameters, Problem } from '../problem/problem.ts'

/** A problem that a contender has taken over: its own copy of the parameters, trained step by step. */
export interface Prepared {
  /** Takes so many steps; what it does asynchronously has ended when the promise resolves. */
  readonly step: (count: number) => void | Promise<void>
  /** The loss that the last step computed on its way, at the parameters before its update. */
  readonly loss: () => number | Promise<number>
  /** The parameters after the last step. */
  readonly parameters?: () => Parameters<Float32Array | Float64Array>
  /** How long it took to start what compiles, in milliseconds: part of the start, and not of compiling. */
  readonly startMilliseconds?: number
  /** Compiles the step once more, as a program of its own, and takes it once; gives the milliseconds of both. */
  readonly compileAgain?: () => number
  readonly dispose?: () => void
}

/** One way to take the step, in the process that it runs in. */
export interface Contender {
  /** Why it cannot run here, if it cannot. */
  readonly available?: () => string | undefined | Promise<string | undefined>
  readonly prepare: (problem: Problem) => Prepared | Promise<Prepared>
}
