import { loops } from './kernels/loops.ts'
import type { Contender } from './peer.ts'

/** Typed arrays and loops written by hand, everything in place: what one would write without a library. */
export const plainLoops: Contender = { prepare: (problem) => loops(problem) }
