import type { Kernel } from '../plan.ts'

/** The largest size of an axis and of a buffer: positions are counted in int32. */
export const mostPositions = 2 ** 31 - 1

/** Says that a program works on more than can be counted, whatever memory there is. */
export class TooLong extends RangeError {}

/** @throws RangeError for more positions than can be counted */
export function assertCountable(what: string, size: number): void {
  if (size > mostPositions)
    throw new TooLong(
      `lower: ${what} has ${size} positions; at most ${mostPositions} can be compiled, so divide it into parts`,
    )
}

/** @throws RangeError if an axis of a kernel is longer than can be counted */
export function assertKernelCountable(kernel: Kernel): void {
  const sizes =
    kernel.kind === 'loop'
      ? kernel.axes
      : kernel.kind === 'matmul'
        ? [kernel.batch, kernel.m, kernel.n, kernel.k, ...(kernel.epilogue?.axes ?? [])]
        : []
  for (const size of sizes) assertCountable('an axis', size)
}
